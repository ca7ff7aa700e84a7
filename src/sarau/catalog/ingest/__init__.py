"""Owns how music comes in: scans of folders, uploads, and what went wrong on the way."""
