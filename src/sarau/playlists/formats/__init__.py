"""Playlist files: M3U8, XSPF (xspf.org) and JSPF, read forgivingly and written strictly."""
