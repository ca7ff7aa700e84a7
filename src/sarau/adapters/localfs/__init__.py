"""Bytes kept in a directory of this machine, under the SHA-256 of their content."""
