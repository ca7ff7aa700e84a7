"""The structures of OpenSubsonic's replies, in msgspec's types."""
