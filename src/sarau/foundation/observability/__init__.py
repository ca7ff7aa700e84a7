"""Logs, metrics, and the activity log."""
