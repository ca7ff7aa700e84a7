"""The ground every slice stands on; it knows no slice."""
