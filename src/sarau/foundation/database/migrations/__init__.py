"""One chain of migrations for SQLite and PostgreSQL (Alembic)."""
