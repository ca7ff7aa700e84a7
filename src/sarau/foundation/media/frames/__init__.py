"""Frames, pages and tables of the sound formats, read without decoding: pure, bounded, for files of strangers."""
