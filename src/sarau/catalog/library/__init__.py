"""Owns libraries, folders, artists, albums, genres and tracks."""
