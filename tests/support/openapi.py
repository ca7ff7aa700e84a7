"""The operations that a house's OpenAPI document tells of."""

from typing import Any

from tests.support.houses import House

METHODS = ("get", "post", "put", "patch", "delete")


def document(house: House) -> dict[str, Any]:
    """Return the OpenAPI document."""
    answer = house.at_root().get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(house: House) -> dict[str, dict[str, Any]]:
    """Return every operation under its method and path, as in "GET /albums"."""
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": about
        for path, methods in document(house)["paths"].items()
        for method, about in methods.items()
        if method in METHODS
    }
