"""Cursors of the change feed: how far somebody knows each library. Opaque to them, and short."""

import base64
import binascii
from typing import NamedTuple

import msgspec

from sarau.kit.ids import to_integer, to_text
from sarau.kit.pages import BadCursor

LAST = "7fffffffffffffff"  # no track comes after it
_NUMBER = 2**63


class Place(NamedTuple):
    """How far a library is known: up to a track of a revision.

    Of a round under way also up to which revision it was known before, and at which revision the round began.
    """

    revision: int = 0
    track_id: str = LAST
    since: int = 0
    began: int = 0


class Cursor(NamedTuple):
    """Places by library; `everything` while all there is is being told."""

    places: dict[str, Place]
    everything: bool


def known_up_to(revision: int) -> Place:
    """Return the place of who knows all of a library up to a revision."""
    return Place(revision, LAST, revision, revision)


def encode(cursor: Cursor) -> str:
    """Return the text of a cursor."""
    flat: list[list[int]] = []
    for library_id, place in cursor.places.items():
        row = [to_integer(library_id), place.revision]
        if place.track_id != LAST:
            row += [to_integer(place.track_id), place.since, place.began]
        flat.append(row)
    packed = msgspec.msgpack.encode([cursor.everything, flat])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(text: str) -> Cursor:
    """Return the cursor in a text; raises BadCursor."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        everything, flat = msgspec.msgpack.decode(raw, type=tuple[bool, list[list[int]]])
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise BadCursor("not a cursor") from error
    if any(len(row) not in (2, 5) or any(not 0 <= number < _NUMBER for number in row) for row in flat):
        raise BadCursor("not a cursor")
    places = {}
    for library, revision, *rest in flat:
        if rest:
            track_id, since, began = rest
            places[to_text(library)] = Place(revision, to_text(track_id), since, began)
        else:
            places[to_text(library)] = known_up_to(revision)
    return Cursor(places, everything)
