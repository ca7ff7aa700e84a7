"""Questions about playlists: what the one who asks may see of them."""
