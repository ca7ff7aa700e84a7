"""What PostgreSQL can do beyond plain tables."""
