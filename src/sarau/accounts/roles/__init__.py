"""Owns what each role may do."""
