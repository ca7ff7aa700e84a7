"""Every difference between SQLite and PostgreSQL."""
