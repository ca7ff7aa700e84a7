"""Who is here: people, how they come in, how they prove who they are, what they may."""
