"""Owns people: their names, passwords, roles and quotas, and one-time links (set-up, password reset)."""
