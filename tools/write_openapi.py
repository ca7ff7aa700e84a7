"""Writes web/openapi.json from the routes themselves: `python tools/write_openapi.py`; then `npm run api` in web."""

import asyncio
import json
from pathlib import Path

import httpx

from sarau.foundation.observability.logs import configure_logs
from sarau.interfaces.rest.app import build_app, core


async def document() -> str:
    """Return the document as the file holds it."""
    transport = httpx.ASGITransport(app=build_app(core(), None, {}))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        answer = await client.get("/openapi.json")
    return json.dumps(answer.json(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    configure_logs("json", "error")
    (Path(__file__).parent.parent / "web" / "openapi.json").write_text(asyncio.run(document()))
