"""Owns what plays where: each person's playback session, its queue, and the devices that play and command it."""
