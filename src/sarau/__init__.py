"""Sarau: the self-hosted home for a family's or a community's music."""
