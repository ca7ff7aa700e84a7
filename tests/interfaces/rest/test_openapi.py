"""The OpenAPI document tells of all there is, and of nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.houses import House
from tests.support.openapi import METHODS, document, operations

ROOT = Path(__file__).parents[3]


def test_every_operation_is_told_of_in_words(house: House) -> None:
    for name, about in operations(house).items():
        assert about["summary"], name
        assert about["tags"], name
        assert about["operationId"], name
    names = [about["operationId"] for about in operations(house).values()]
    assert len(set(names)) == len(names)


def test_every_reply_and_every_error_has_its_form(house: House) -> None:
    for name, about in operations(house).items():
        replies = about["responses"]
        assert [status for status in replies if status.startswith("2")], name
        for status in ("default", "422"):
            (form,) = replies[status]["content"].items()
            assert form == ("application/problem+json", {"schema": {"$ref": "#/components/schemas/ProblemDetails"}})


def test_every_parameter_of_a_path_is_told_of(house: House) -> None:
    for name, about in operations(house).items():
        told = {one["name"] for one in about.get("parameters", []) if one["in"] == "path" and one["required"]}
        assert told == set(re.findall(r"{(\w+)}", name)), name


def test_every_reference_leads_somewhere_and_every_schema_is_used(house: House) -> None:
    whole = document(house)
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(whole)))
    assert referred == set(whole["components"]["schemas"])
    assert all("." not in name for name in referred)


def test_every_route_of_the_document_is_there_and_takes_no_other_method(house: House) -> None:
    client, paths = house.at_root(), document(house)["paths"]
    for path in paths:
        asked = re.sub(r"{\w+}", "0", path)
        told = {
            method.upper()
            for pattern, methods in paths.items()
            if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), asked)
            for method in methods
            if method in METHODS
        }
        answer = client.request("TRACE", asked)
        assert answer.status_code == 405, path
        assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == told, path


def test_the_page_is_built_against_the_same_document(house: House) -> None:
    kept: Any = json.loads((ROOT / "web" / "openapi.json").read_text())
    assert kept == document(house), "run tools/write_openapi.py, then `npm run api` in web"


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_document_can_be_read_and_tried_out_without_any_other_site(house: House, path: str) -> None:
    client = house.at_root()
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    addresses = re.findall(r'(?:src|href|spec-url)="([^"]+)"', page.text)
    assert addresses
    for address in addresses:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address
    policy = page.headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "default-src 'self'" in policy[0]
    assert "script-src" not in policy[0]
