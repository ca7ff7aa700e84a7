"""Changes to playlists, to what is in them, and to the folders they stand in."""
