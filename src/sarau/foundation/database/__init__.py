"""One path to SQLite and PostgreSQL: SQLAlchemy Core statements, compiled once, run on the raw driver."""
