"""Telling kinds of playlist files apart."""

from collections.abc import Callable

from sarau.playlists.formats.jspf import read_jspf, write_jspf
from sarau.playlists.formats.listed import ListedPlaylist
from sarau.playlists.formats.m3u import read_m3u, write_m3u
from sarau.playlists.formats.xspf import read_xspf, write_xspf
from sarau.playlists.schemas import PlaylistFormat

_READERS: dict[PlaylistFormat, Callable[[bytes], ListedPlaylist]] = {
    PlaylistFormat.M3U8: read_m3u,
    PlaylistFormat.XSPF: read_xspf,
    PlaylistFormat.JSPF: read_jspf,
}
_WRITERS: dict[PlaylistFormat, Callable[[ListedPlaylist], bytes]] = {
    PlaylistFormat.M3U8: write_m3u,
    PlaylistFormat.XSPF: write_xspf,
    PlaylistFormat.JSPF: write_jspf,
}
_FIRST = {b"<": PlaylistFormat.XSPF, b"{": PlaylistFormat.JSPF, b"[": PlaylistFormat.JSPF}


def read_playlist(data: bytes, kind: PlaylistFormat | None = None) -> ListedPlaylist:
    """Return what a file lists, whose kind is told by how it begins unless it is given; raises UnreadablePlaylist."""
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return _READERS[kind or _FIRST.get(first, PlaylistFormat.M3U8)](data)


def written(playlist: ListedPlaylist) -> bytes:
    """Return a playlist as a file of its kind."""
    return _WRITERS[playlist.format](playlist)
