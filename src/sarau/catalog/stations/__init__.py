"""Owns internet radio stations: addresses of sound that players fetch by themselves."""
