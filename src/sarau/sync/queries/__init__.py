"""Questions about what changed, what devices hold, and what they are to hold."""
