"""Owns public links: tracks, albums and playlists that somebody without an account may hear."""
