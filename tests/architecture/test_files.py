"""Files and functions stay small, say what they are for, and name no machine."""

import ast
import re
from collections.abc import Iterator

import pytest
from tests.architecture.tree import texts

TEXTS = texts()
PYTHON = {path: ast.parse(text) for path, text in TEXTS.items() if path.endswith(".py")}
STUBS = "src/sarau/interfaces/grpc/stubs/"
OURS = {
    path: tree
    for path, tree in PYTHON.items()
    if path.startswith(("src/", "tools/", "bench/")) and not path.startswith(STUBS)
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Made by others' programs: nobody reads them line by line.
GENERATED = (
    "web/package-lock.json",
    "web/openapi.json",
    "web/src/shared/api/schema.d.ts",
    "requirements/",
    "bench/results/",
    STUBS,
)


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def test_the_project_is_here() -> None:
    assert len(PYTHON) > 200
    assert "src/sarau/wiring/main.py" in OURS
    assert [path for path in TEXTS if path.startswith("web/src/app/")]
    assert not [path for path in TEXTS if "node_modules" in path or path.startswith(("data/", ".venv/", "web/dist/"))]


def test_no_file_is_long() -> None:
    lengths = {path: text.count("\n") for path, text in TEXTS.items() if not path.startswith(GENERATED)}
    assert {path: n for path, n in lengths.items() if path.endswith(".py") and n > 400} == {}
    web = {
        p: n
        for p, n in lengths.items()
        if p.startswith("web/") and p.endswith((".ts", ".tsx", ".css", ".mjs", ".js"))
    }
    assert web
    assert {path: n for path, n in web.items() if n > 250} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{path}: {function.name}": length
        for path, tree in OURS.items()
        if "/migrations/versions/" not in path  # tables, column by column
        for function in _functions(tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > 40
    }
    assert long == {}


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Yield what a module shows: classes, functions, and the methods of its classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner for inner in node.body if isinstance(inner, Function) and not inner.name.startswith("_")
                )


def test_every_module_and_all_that_is_public_says_what_it_is() -> None:
    silent = [path for path, tree in OURS.items() if not ast.get_docstring(tree)]
    silent += [
        f"{path}: {node.name}" for path, tree in OURS.items() for node in _public(tree) if not ast.get_docstring(node)
    ]
    assert silent == []


def test_there_is_no_way_around_the_layers() -> None:
    """Neither imports for the type checker alone, nor by a name made up; those inside functions the contracts see."""
    for path, tree in PYTHON.items():
        if not path.startswith("src/"):
            continue
        assert "TYPE_" + "CHECKING" not in TEXTS[path], path
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"__import__", "import_module", "exec", "eval"}, path


# Put together here, so that this file is not one of those it looks for.
MARKS = ("TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:")
SKIPS = (
    "pytest.mark.sk" + "ip",
    "pytest.sk" + "ip(",
    "mark.xf" + "ail",
    ".only" + "(",
    "it.sk" + "ip",
    "test.sk" + "ip",
    "describe.sk" + "ip",
)


@pytest.mark.parametrize("marks", [MARKS, SKIPS])
def test_nothing_is_left_for_later(marks: tuple[str, ...]) -> None:
    left = [
        f"{path}: {mark}"
        for path, text in TEXTS.items()
        if not path.startswith(GENERATED)
        for mark in marks
        if mark in text
    ]
    assert left == []


# Where people develop, and the hosts that packages come from: neither belongs into what everybody gets.
PLACES = (
    r"(?<![\w.])/(?:ro" + r"ot|home/\w+|Us" + r"ers/\w+)/",
    r"(?<![\w.$}])/wo" + r"rk/",
    r"(?<![\w.])/tm" + r"p/v/",
    r"(?:pypi|files\.pythonhosted)\.o" + r"rg|regis" + r"try\.npmjs",
)


def test_no_machine_and_no_registry_is_named() -> None:
    named = [
        f"{path}: {found.group()}"
        for path, text in TEXTS.items()
        for place in PLACES
        for found in re.finditer(place, text)
    ]
    assert named == []
