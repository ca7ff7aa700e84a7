"""Watching folders by the system's notifications."""
