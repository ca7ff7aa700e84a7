"""Who acts and what they may; passwords and tokens."""
