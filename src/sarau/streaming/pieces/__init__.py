"""Sound in small pieces, each with the time it covers: originals from any moment on, and transcodes as they grow."""
