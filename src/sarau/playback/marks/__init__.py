"""Owns what people marked: stars of tracks, albums and artists."""
