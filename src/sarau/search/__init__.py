"""Owns what is searched: one index over artists, albums, tracks, playlists and words of songs."""
