"""JSPF: XSPF in JSON."""

from collections.abc import Iterator
from typing import Any

import msgspec

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
from sarau.playlists.formats.xspf import address_of
from sarau.playlists.schemas import PlaylistFormat


def read_jspf(data: bytes) -> ListedPlaylist:
    """Return what a JSPF lists; raises UnreadablePlaylist."""
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadablePlaylist(f"it is no JSON: {error}") from error
    playlist = whole.get("playlist", whole) if isinstance(whole, dict) else None
    if not isinstance(playlist, dict) or not isinstance(playlist.get("track", []), list):
        raise UnreadablePlaylist("it is JSON, but no JSPF")
    return listed(PlaylistFormat.JSPF, shortened(playlist.get("title")), _tracks(playlist.get("track", [])))


def _several(value: Any) -> list[Any]:
    """Return what may be one or several, as others write both."""
    return value if isinstance(value, list) else [value]


def _duration_ms(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**12:
        return None
    return int(value)


def _tracks(values: list[Any]) -> Iterator[ListedTrack]:
    for value in values:
        if not isinstance(value, dict):
            continue
        isrc, mbid = codes_of(_several(value.get("identifier")))
        yield ListedTrack(
            title=shortened(value.get("title")),
            artist=shortened(value.get("creator")),
            album=shortened(value.get("album")),
            path=path_of(next(iter(_several(value.get("location"))), None), is_address=True),
            duration_ms=_duration_ms(value.get("duration")),
            isrc=isrc,
            mb_recording_id=mbid,
        )


def write_jspf(playlist: ListedPlaylist) -> bytes:
    """Return a playlist as JSPF."""
    whole = {"playlist": {"title": playlist.name or "", "track": [_written(track) for track in playlist.tracks]}}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _written(track: ListedTrack) -> dict[str, Any]:
    found: dict[str, Any] = {
        "location": [address_of(track.path)] if track.path else None,
        "identifier": identifiers_of(track) or None,
        "title": track.title,
        "creator": track.artist,
        "album": track.album,
        "duration": track.duration_ms,
    }
    return {name: value for name, value in found.items() if value is not None}
