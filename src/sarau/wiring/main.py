"""The program `sarau`."""

import sys
from collections.abc import Callable
from pathlib import Path

from sarau.foundation.observability.logs import configure_logs
from sarau.foundation.settings.load import BadSettings, Settings, load_settings
from sarau.interfaces.cli import people, serving
from sarau.interfaces.cli.app import app, out
from sarau.interfaces.cli.program import Program
from sarau.interfaces.common.house import House

__all__ = ["main", "people", "serving"]  # importing the commands registers them


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.logs.format, settings.logs.level)
    return settings


def _serve(settings: Settings) -> None:
    from sarau.wiring.first_run import prepare
    from sarau.wiring.server import serve

    async def ready(home: House) -> None:
        token = await prepare(home)
        address = settings.house.url.rstrip("/") or f"http://{settings.server.host}:{settings.server.port}"
        out.print(f"Sarau is at [bold]{address}[/bold]", soft_wrap=True)
        if token is not None:
            out.print("Nobody lives here yet. This link makes the owner's account, once:", soft_wrap=True)
            out.print(f"  [bold]{address}/setup?token={token}[/bold]", soft_wrap=True)

    serve(settings, ready)


def _make_demo(folder: Path, tell: Callable[[int, int, str], None]) -> int:
    from sarau.adapters.synth import make_demo_library

    return make_demo_library(folder, tell)


def _program() -> Program:
    from sarau.wiring.certificates import make_certificates
    from sarau.wiring.doctor import examine
    from sarau.wiring.first_run import serve_folder
    from sarau.wiring.house import open_house
    from sarau.wiring.scans import scan_here

    return Program(_settings, open_house, _serve, scan_here, examine, _make_demo, serve_folder, make_certificates)


def main() -> None:
    """Run the command line."""
    try:
        app(obj=_program())
    except BadSettings as error:
        sys.exit(f"Settings: {error}")


if __name__ == "__main__":
    main()
