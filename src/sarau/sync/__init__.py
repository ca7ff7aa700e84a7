"""Owns devices, the files they hold and are to hold, and uploads that may break off."""
