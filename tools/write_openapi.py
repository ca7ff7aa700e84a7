"""Writes web/openapi.json from the routes themselves: `python tools/write_openapi.py`; then `npm run api` in web."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from sarau.foundation.observability.logs import configure_logs
from sarau.interfaces.rest.app import build_app


@asynccontextmanager
async def _no_house(_app: Any) -> AsyncIterator[None]:
    yield  # the document tells of the routes alone


async def document() -> str:
    """Return the document as the file holds it."""
    transport = httpx.ASGITransport(app=build_app(_no_house, None))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        answer = await client.get("/openapi.json")
    return json.dumps(answer.json(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    configure_logs("json", "error")
    (Path(__file__).parent.parent / "web" / "openapi.json").write_text(asyncio.run(document()))
