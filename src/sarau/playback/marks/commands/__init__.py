"""Changes to marks."""
