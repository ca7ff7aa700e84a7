"""The hatch build hook: builds the web client into the package before a wheel is made."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuildHook(BuildHookInterface[Any]):
    """Builds the web client; an editable install keeps what `tools/build_web.py` made, or has none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the client unless the install is editable; raises BuildFailed."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import build_web

        if not build_web.is_current():
            build_web.build()
