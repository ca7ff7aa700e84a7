"""Ids on the wire: the kind of a thing and its id, so that one parameter can name a thing of any kind."""

from enum import StrEnum
from typing import NamedTuple

from sarau.interfaces.subsonic.errors import NOT_FOUND, Refused
from sarau.kit.ids import is_id

_FOLDER_NUMBERS = 2**31 - 1  # the protocol wants small whole numbers of libraries, and apps remember them


VERSIONED = "."  # what comes behind it in the id of a cover tells states of it apart


class Kind(StrEnum):
    """What an id names."""

    SONG = "tr"
    ALBUM = "al"
    ARTIST = "ar"
    FOLDER = "fo"
    PLAYLIST = "pl"
    PICTURE = "pi"


class Named(NamedTuple):
    """A thing that is asked for."""

    kind: Kind
    id: str


def song_name(track_id: str) -> str:
    """Return the id of a song on the wire."""
    return f"tr-{track_id}"


def album_name(album_id: str) -> str:
    """Return the id of an album on the wire."""
    return f"al-{album_id}"


def artist_name(artist_id: str) -> str:
    """Return the id of an artist on the wire."""
    return f"ar-{artist_id}"


def folder_name(folder_id: str) -> str:
    """Return the id of a folder on the wire."""
    return f"fo-{folder_id}"


def playlist_name(playlist_id: str) -> str:
    """Return the id of a playlist on the wire."""
    return f"pl-{playlist_id}"


def folder_number(library_id: str) -> int:
    """Return the number of a library: the same for as long as it is there."""
    return int(library_id, 16) % _FOLDER_NUMBERS + 1


def cover_name(picture: str | None, otherwise: str) -> str:
    """Return what a cover is asked for by: the picture itself, which apps then fetch once for all its songs."""
    return f"pi-{picture}" if picture else otherwise


def named(text: str) -> Named:
    """Return what an id names; raises Refused as for what is not there."""
    prefix, _, rest = text.partition("-")
    if prefix not in _KINDS or not (is_id(rest) or (prefix == Kind.PICTURE and rest.isalnum())):
        raise Refused(NOT_FOUND, "There is no such thing here.")
    return Named(_KINDS[prefix], rest)


def id_of(text: str, kind: Kind) -> str:
    """Return the id of a thing of one kind; raises Refused as for what is not there."""
    found = named(text)
    if found.kind is not kind:
        raise Refused(NOT_FOUND, "There is no such thing here.")
    return found.id


def ids_of(texts: list[str], kind: Kind) -> list[str]:
    """Return the ids of things of one kind; raises Refused as for what is not there."""
    return [id_of(text, kind) for text in texts]


_KINDS = {kind.value: kind for kind in Kind}
