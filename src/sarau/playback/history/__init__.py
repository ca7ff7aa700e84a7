"""Owns what was played, by whom and how far."""
