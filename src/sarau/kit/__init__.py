"""Pure helpers: no input or output, nothing of ours imported."""
