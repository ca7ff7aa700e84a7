"""XSPF, version 1 (xspf.org/spec): a playlist in XML."""

import re
from html import escape
from typing import NamedTuple
from urllib.parse import quote
from xml.parsers import expat

from sarau.playlists.errors import UnreadablePlaylist
from sarau.playlists.formats.listed import (
    ListedPlaylist,
    ListedTrack,
    codes_of,
    identifiers_of,
    listed,
    path_of,
    shortened,
)
from sarau.playlists.schemas import MAX_ENTRIES, PlaylistFormat

_NAMESPACE = "http://xspf.org/ns/0/"
_DEEPEST = 50
_KNOWN = frozenset({"title", "creator", "album", "location", "duration", "identifier"})
_MOST_TOLD = 50  # elements of a track: what is more is passed over
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Told(NamedTuple):
    """An element with its text, of the playlist itself or of a track."""

    name: str
    text: str


class _Reader:
    """Listens to the parser, and keeps what is said of the playlist and of its tracks."""

    def __init__(self) -> None:
        self.playlist: list[_Told] = []
        self.tracks: list[list[_Told]] = []
        self._path: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(name.rpartition(" ")[2])
        self._text = []
        if len(self._path) > _DEEPEST:
            raise UnreadablePlaylist("it is nested too deep")
        if self._path[0] != "playlist":
            raise UnreadablePlaylist("it is XML, but no XSPF")
        if self._path == ["playlist", "trackList", "track"]:
            if len(self.tracks) == MAX_ENTRIES:
                raise UnreadablePlaylist(f"it lists more than {MAX_ENTRIES:,} tracks")
            self.tracks.append([])

    def text(self, data: str) -> None:
        """Some text."""
        self._text.append(data)

    def end(self, _name: str) -> None:
        """An element ends."""
        told = None
        if len(self._path) == 2:
            told = self.playlist
        elif len(self._path) == 4 and self._path[2] == "track":
            told = self.tracks[-1]
        if told is not None and self._path[-1] in _KNOWN and len(told) < _MOST_TOLD:
            told.append(_Told(self._path[-1], "".join(self._text)))
        self._path.pop()
        self._text = []


def _refuse(*_: object) -> None:
    """Refuse a document type: with it come entities, and with those files that grow while they are read."""
    raise UnreadablePlaylist("it declares a document type, which no XSPF does")


def read_xspf(data: bytes) -> ListedPlaylist:
    """Return what an XSPF lists; raises UnreadablePlaylist."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadablePlaylist(f"it is no XML: {error}") from error
    return listed(PlaylistFormat.XSPF, _first(reader.playlist, "title"), map(_track, reader.tracks))


def _all(told: list[_Told], name: str) -> list[str]:
    return [one.text.strip() for one in told if one.name == name]


def _first(told: list[_Told], name: str) -> str | None:
    return shortened(next(iter(_all(told, name)), None))


def _track(told: list[_Told]) -> ListedTrack:
    duration = _first(told, "duration") or ""
    isrc, mbid = codes_of(_all(told, "identifier"))
    return ListedTrack(
        title=_first(told, "title"),
        artist=_first(told, "creator"),
        album=_first(told, "album"),
        path=path_of(_first(told, "location"), is_address=True),
        duration_ms=int(duration) if re.fullmatch(r"[0-9]{1,12}", duration) else None,
        isrc=isrc,
        mb_recording_id=mbid,
    )


def write_xspf(playlist: ListedPlaylist) -> bytes:
    """Return a playlist as XSPF."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<playlist version="1" xmlns="{_NAMESPACE}">']
    lines += [*_element("title", playlist.name), "<trackList>"]
    for track in playlist.tracks:
        lines.append("<track>")
        lines += _element("location", address_of(track.path) if track.path else None)
        for identifier in identifiers_of(track):
            lines += _element("identifier", identifier)
        lines += _element("title", track.title)
        lines += _element("creator", track.artist)
        lines += _element("album", track.album)
        lines += _element("duration", str(track.duration_ms) if track.duration_ms is not None else None)
        lines.append("</track>")
    lines += ["</trackList>", "</playlist>", ""]
    return "\n".join(lines).encode()


def address_of(path: str) -> str:
    """Return a path as the relative address that XSPF and JSPF want."""
    return quote(path.encode("utf-8", "surrogateescape"))


def _element(name: str, text: str | None) -> list[str]:
    return [f"<{name}>{escape(_NOT_XML.sub('', text), quote=False)}</{name}>"] if text else []
