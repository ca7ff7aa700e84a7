"""Questions about marks: always one's own, and of what one may hear."""
