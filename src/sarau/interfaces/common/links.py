"""Addresses of this house, to be handed to people."""

from starlette.requests import HTTPConnection

from sarau.interfaces.common.house import House
from sarau.interfaces.common.state import credentials


def house_url(request: HTTPConnection, home: House) -> str:
    """Return the address of the house: as set, else as the request came."""
    if home.settings.house.url:
        return home.settings.house.url.rstrip("/")
    scheme = "https" if credentials(request).by_https(request) else "http"
    return f"{scheme}://{request.headers.get('host', 'localhost')}"
