"""One listener's state."""
