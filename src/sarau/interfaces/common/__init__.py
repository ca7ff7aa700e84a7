"""What several protocols need: the house as they see it, who is asking, ranged replies."""
