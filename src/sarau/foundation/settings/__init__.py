"""Typed settings, from sarau.toml and SARAU_… variables; read once by wiring and handed out piece by piece."""
