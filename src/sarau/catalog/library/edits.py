"""Corrections laid over what a file says of itself: pure thinking."""

from collections.abc import Mapping
from typing import Any

import msgspec

from sarau.catalog.library.schemas import TrackEdit
from sarau.foundation.media.tags import Tags
from sarau.kit.text import clean

_LISTS = frozenset({"artists", "album_artists", "composers", "genres"})


def merged(edits: Mapping[str, Any], change: TrackEdit) -> dict[str, Any]:
    """Return the corrections after a change: given ones replace, null and what is blank take back."""
    result = dict(edits)
    for field, value in msgspec.structs.asdict(change).items():
        if value is msgspec.UNSET:
            continue
        given = _clean(value)
        if given is None or given in ("", []):
            result.pop(field, None)
        else:
            result[field] = given
    return result


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [name for name in map(clean, value) if name]
    return value


def effective(tags: Tags, edits: Mapping[str, Any]) -> Tags:
    """Return the tags as corrected."""
    if not edits:
        return tags
    changes: dict[str, Any] = {field: tuple(value) if field in _LISTS else value for field, value in edits.items()}
    # A text or an id that described the old names would contradict the new ones.
    if "artists" in changes:
        changes |= {"artist_display": None, "mb_artist_ids": ()}
    if "album_artists" in changes:
        changes |= {"album_artist_display": None, "mb_album_artist_ids": ()}
    if "album" in changes or "album_artists" in changes:
        changes |= {"mb_album_id": None, "mb_release_group_id": None}
    if "year" in changes:
        changes |= {"date": str(changes["year"])}
    return msgspec.structs.replace(tags, **changes)
