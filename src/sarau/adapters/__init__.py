"""Technologies: one folder each, fulfilling the ports of the foundation."""
