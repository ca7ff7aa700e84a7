"""Owns invitations: the only way into the house."""
