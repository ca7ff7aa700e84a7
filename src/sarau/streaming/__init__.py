"""Owns delivering sound: originals, ranges, other encodings."""
