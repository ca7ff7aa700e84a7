"""Owns how people like the house to be: what others see of them, and what their apps keep for them."""
