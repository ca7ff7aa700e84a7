"""Questions of the search: what is in the index, and what it is an index of."""
