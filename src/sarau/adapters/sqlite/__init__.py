"""What the embedded database can do beyond plain tables."""
