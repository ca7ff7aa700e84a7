"""What may be forgotten, kept in this process."""
