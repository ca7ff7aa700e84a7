"""What playlist files list, whichever kind they are."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from sarau.playlists.errors import UnreadablePlaylist
from sarau.playlists.schemas import MAX_ENTRIES, PlaylistFormat

_LONGEST = 1_000
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://[^/]*")
_DRIVE = re.compile(r"[A-Za-z]:(?=/)")
_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_ISRC = re.compile(r"isrc[:/]([A-Z]{2}-?[A-Z0-9]{3}-?[0-9]{2}-?[0-9]{5})(?![A-Z0-9])", re.IGNORECASE)
_RECORDING = "https://musicbrainz.org/recording/"


class ListedTrack(NamedTuple):
    """A track as a file names it; `path` is where it lies, with slashes and without what is special of addresses."""

    title: str | None = None
    artist: str | None = None
    album: str | None = None
    path: str | None = None
    duration_ms: int | None = None
    isrc: str | None = None
    mb_recording_id: str | None = None


class ListedPlaylist(NamedTuple):
    """A playlist as a file lists it."""

    format: PlaylistFormat
    name: str | None
    tracks: list[ListedTrack]


def listed(format: PlaylistFormat, name: str | None, tracks: Iterable[ListedTrack]) -> ListedPlaylist:  # noqa: A002
    """Return what was read of a file; raises UnreadablePlaylist for more than a playlist holds."""
    found: list[ListedTrack] = []
    for track in tracks:
        if len(found) == MAX_ENTRIES:
            raise UnreadablePlaylist(f"it lists more than {MAX_ENTRIES:,} tracks")
        found.append(track)
    return ListedPlaylist(format, shortened(name), found)


def shortened(text: object) -> str | None:
    """Return a text of bearable length without NUL, None for what is empty or no text."""
    return (text.replace("\0", "").strip()[:_LONGEST] or None) if isinstance(text, str) else None


def path_of(location: object, *, is_address: bool) -> str | None:
    """Return the path in a location, be it an address, a path of Windows or a path."""
    text = shortened(location)
    if text is None:
        return None
    bare, found = _URL.subn("", text, count=1) if _URL.match(text) else (text, 0)
    if found or is_address:
        bare = unquote(bare, errors="surrogateescape").replace("\0", "")
    bare = bare.replace("\\", "/")
    return _DRIVE.sub("", bare.removeprefix("/") if _DRIVE.match(bare, 1) else bare, count=1) or None


def codes_of(identifiers: Iterable[object]) -> tuple[str | None, str | None]:
    """Return the ISRC and the MusicBrainz id of a recording that identifiers of a track name."""
    isrc = mbid = None
    for identifier in identifiers:
        if not isinstance(identifier, str):
            continue
        text = identifier[:_LONGEST]
        if isrc is None and (code := _ISRC.search(text)):
            isrc = code.group(1).replace("-", "").upper()
        if mbid is None and "recording" in text.lower() and (uuid := _MBID.search(text)):
            mbid = uuid.group().lower()
    return isrc, mbid


def identifiers_of(track: ListedTrack) -> list[str]:
    """Return the identifiers that name a track to others."""
    found = [f"{_RECORDING}{track.mb_recording_id}"] if track.mb_recording_id else []
    return [*found, f"isrc:{track.isrc}"] if track.isrc else found
