"""Protocols: they translate, never decide."""
