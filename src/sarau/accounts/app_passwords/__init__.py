"""Owns app passwords: for players that know nothing but a name and a password."""
