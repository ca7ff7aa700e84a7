"""Changes to libraries, and to what is filed in them."""
