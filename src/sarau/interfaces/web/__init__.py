"""The web page: the built client, served with the right caching."""
