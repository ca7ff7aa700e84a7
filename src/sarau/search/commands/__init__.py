"""Changes to the index."""
