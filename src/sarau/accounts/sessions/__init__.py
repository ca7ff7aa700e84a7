"""Owns how people prove who they are: sessions, refresh tokens, API keys."""
