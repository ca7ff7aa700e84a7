"""Ports for what understands sound and pictures: tags, transcoding, images."""
