"""The process that makes the demo library: `python -m sarau.wiring.demo_process FOLDER`."""

import os
import sys
from pathlib import Path

from sarau.adapters.synth import make_demo_library


def main() -> int:
    """Make it, giving way to who listens at this moment."""
    os.nice(5)
    make_demo_library(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
