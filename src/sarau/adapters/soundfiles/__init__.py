"""Reading sound files whole, in a process of their own: hashes, and where in them which moment lies."""
