"""M3U and M3U8: a path a line, with what Winamp's extension tells of it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from sarau.playlists.formats.listed import ListedPlaylist, ListedTrack, listed, path_of, shortened
from sarau.playlists.schemas import PlaylistFormat

_LONGEST_LINE = 8_000
_LINE = re.compile(r"[^\r\n]+")
_EXTINF = re.compile(r'#EXTINF:\s*(-?\d{1,9})(?:\.\d*)?([^,"]*(?:"[^"]*"[^,"]*)*),(.*)', re.IGNORECASE)
_SEPARATOR = " - "


def read_m3u(data: bytes) -> ListedPlaylist:
    """Return what an M3U lists; every file is one, if need be of nothing."""
    text = _text(data)
    return listed(PlaylistFormat.M3U8, _named(text), _tracks(_lines(text)))


def _lines(text: str) -> Iterator[str]:
    """Give the lines that are not empty, one at a time: of a large file they would fill the memory."""
    for found in _LINE.finditer(text):
        if line := found.group().strip():
            yield line[:_LONGEST_LINE]


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Windows wrote before everybody wrote UTF-8


def _named(text: str) -> str | None:
    return next((line[10:] for line in _lines(text) if line[:10].upper() == "#PLAYLIST:"), None)


def _tracks(lines: Iterator[str]) -> Iterator[ListedTrack]:
    about = ListedTrack()
    for line in lines:
        if not line.startswith("#"):
            yield about._replace(path=path_of(line, is_address=False))
            about = ListedTrack()
        elif match := _EXTINF.match(line):
            about = _described(about, int(match.group(1)), match.group(3))
        elif line[:8].upper() == "#EXTALB:":
            about = about._replace(album=shortened(line[8:]))
        elif line[:8].upper() == "#EXTART:":
            about = about._replace(artist=shortened(line[8:]))


def _described(about: ListedTrack, seconds: int, words: str) -> ListedTrack:
    artist, found, title = words.partition(_SEPARATOR)
    if not found:
        artist, title = "", words
    return about._replace(
        title=shortened(title),
        artist=about.artist or shortened(artist),
        duration_ms=seconds * 1000 if seconds > 0 else None,
    )


def write_m3u(playlist: ListedPlaylist) -> bytes:
    """Return a playlist as M3U8, with paths as they are."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_line(playlist.name)}"]
    for track in playlist.tracks:
        seconds = max(1, round(track.duration_ms / 1000)) if track.duration_ms else -1
        lines.append(f"#EXTINF:{seconds},{_line(track.artist)}{_SEPARATOR}{_line(track.title)}")
        if track.album:
            lines.append(f"#EXTALB:{_line(track.album)}")
        lines.append(_location(track.path or ""))
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _location(path: str) -> str:
    if len(path.splitlines()) > 1 or path != path.strip():  # what no line of a file can hold
        return "file:///" + quote(path.encode("utf-8", "surrogateescape"))
    return f"./{path}" if path.startswith("#") else path
