"""Owns what people marked: stars and ratings of tracks, albums and artists, and bookmarks inside of tracks."""
