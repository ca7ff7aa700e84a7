"""The demo library: public-domain tunes that Sarau plays, encodes, tags and draws covers for by itself."""

from sarau.adapters.synth.library import make_demo_library

__all__ = ["make_demo_library"]
