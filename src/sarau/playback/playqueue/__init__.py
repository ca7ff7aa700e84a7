"""Owns the queue that each person left off with, to be taken up on another device."""
