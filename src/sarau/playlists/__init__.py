"""Owns playlists and their entries."""
