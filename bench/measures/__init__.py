"""One module for each measure; each gives rows of the table."""
