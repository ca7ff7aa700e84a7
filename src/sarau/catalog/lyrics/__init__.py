"""Owns lyrics and chord sheets, as they came; their timing comes later."""
