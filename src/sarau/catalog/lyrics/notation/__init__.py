"""Owns how songs are written down: lyrics in time, chords over words, and the thinking musicians do with them."""
