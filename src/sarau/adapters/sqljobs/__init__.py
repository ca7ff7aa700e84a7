"""Jobs in a table of the house's own database, on SQLite and PostgreSQL alike."""
