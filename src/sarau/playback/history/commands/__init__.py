"""Changes to plays."""
