"""Playlists: one's own, and those of the house."""

from collections.abc import Sequence
from typing import Any

import msgspec

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import Missing
from sarau.interfaces.subsonic.names import VERSIONED, Kind, id_of, ids_of, playlist_name
from sarau.interfaces.subsonic.shaping import seconds
from sarau.interfaces.subsonic.structures.base import instant
from sarau.interfaces.subsonic.structures.personal import Playlist, Playlists, PlaylistWithSongs
from sarau.interfaces.subsonic.writing import Kept
from sarau.playback.marks.schemas import Marked
from sarau.playlists.commands import entries as entry_commands
from sarau.playlists.commands import playlists as commands
from sarau.playlists.queries import entries as entry_queries
from sarau.playlists.queries import playlists as queries
from sarau.playlists.schemas import (
    MAX_ENTRIES,
    AddTracks,
    NewOrder,
    NewPlaylist,
    PlaylistChange,
    PlaylistDetails,
    PlaylistEdits,
    PlaylistScope,
    RemoveEntries,
    Visibility,
)
from sarau.playlists.schemas import Playlist as Known

_LONGEST_NAME = 200


def _fields(one: Known | PlaylistDetails, count: int | None = None, duration_ms: int | None = None) -> dict[str, Any]:
    """Return a playlist as apps see it; the number and length of a smart one are those of its songs just now."""
    return {
        "id": playlist_name(one.id),
        "name": one.name,
        "comment": one.description or None,
        "owner": one.owner.username,
        "public": one.visibility is Visibility.HOUSE,
        "song_count": (one.entry_count if count is None else count) or 0,
        "duration": seconds((one.duration_ms if duration_ms is None else duration_ms) or 0),
        "created": instant(one.created_at),
        "changed": instant(one.changed_at),
        # With another number after every change, or apps would show for ever what they fetched once.
        "cover_art": f"{playlist_name(one.id)}{VERSIONED}{one.version}",
        "readonly": one.smart or not one.may_edit,
        "allowed_user": [],
    }


async def playlists(call: Call) -> Answer:
    """One's own playlists and those that the house shows, or all that another person shows."""
    owner = call.asked.text("username")
    if owner and owner.casefold() != call.actor.username.casefold():
        call.actor.require(Permission.USERS_MANAGE)
    async with call.reading() as reader:
        found = await queries.all_playlists(reader, call.actor, PlaylistScope.ALL)
    if owner:
        found = [one for one in found if one.owner.username.casefold() == owner.casefold()]
    return "playlists", Playlists([Playlist(**_fields(one)) for one in found])


async def _whole(call: Call, reader: Reader, view: View, playlist_id: str) -> Kept:
    book, actor = call.home.rule_book, call.actor
    details = await queries.playlist(reader, view, actor, playlist_id, book)
    tracks = await entry_queries.tracks_of(reader, view, actor, playlist_id, book)
    duration_ms = sum(track.duration_ms for track in tracks)
    about = msgspec.json.encode(Playlist(**_fields(details, len(tracks), duration_ms)))
    songs = await call.items(reader, view, Marked.TRACK, [track.id for track in tracks])
    return Kept(about[:-1] + b',"entry":' + songs + b"}", PlaylistWithSongs)


async def playlist(call: Call) -> Answer:
    """A playlist and its songs."""
    playlist_id = id_of(call.asked.needed("id"), Kind.PLAYLIST)
    view = await call.view()
    async with call.reading() as reader:
        return "playlist", await _whole(call, reader, view, playlist_id)


async def create_playlist(call: Call) -> Answer:
    """Make a playlist, or give one its songs anew."""
    asked, view = call.asked, await call.view()
    track_ids = ids_of(asked.all("songId"), Kind.SONG)
    name = asked.text("name")[:_LONGEST_NAME]
    async with call.working() as work:
        if asked.text("playlistId"):
            playlist_id = id_of(asked.text("playlistId"), Kind.PLAYLIST)
            await entry_commands.replace_entries(work, call.actor, view, playlist_id, NewOrder(track_ids))
            if name:
                change = PlaylistChange(name=name)
                await commands.change_playlist(work, call.actor, call.home.rule_book, playlist_id, change)
        else:
            if not name:
                raise Missing("name")
            new = NewPlaylist(name=name, track_ids=track_ids)
            playlist_id = await commands.create_playlist(work, call.actor, view, call.home.rule_book, new)
    async with call.reading() as reader:
        return "playlist", await _whole(call, reader, view, playlist_id)


async def update_playlist(call: Call) -> Answer:
    """Change a playlist; songs are taken out by their places, counted before any comes or goes."""
    asked, view, actor = call.asked, await call.view(), call.actor
    playlist_id = id_of(asked.needed("playlistId"), Kind.PLAYLIST)
    added = ids_of(asked.all("songIdToAdd"), Kind.SONG)
    async with call.working() as work:
        rights = await queries.rights(work, actor, playlist_id)
        places = _places(asked.all("songIndexToRemove"))
        gone = await entry_queries.entry_ids_at(work, rights.id, places) if places else []
        edits: list[AddTracks | RemoveEntries] = [RemoveEntries(gone)] if gone else []
        edits += [AddTracks(added)] if added else []
        if edits:
            await entry_commands.edit_entries(work, actor, view, playlist_id, PlaylistEdits(list(edits)))
        change = _change(call, await queries.visibility_of(work, rights.id))
        if change is not None:
            await commands.change_playlist(work, actor, call.home.rule_book, playlist_id, change)
    return None


def _change(call: Call, shown: Visibility) -> PlaylistChange | None:
    """Return what is to change of a playlist; apps tell of every one that has a link that it is not public."""
    asked = call.asked
    given: dict[str, Any] = {}
    if asked.text("name"):
        given["name"] = asked.text("name")[:_LONGEST_NAME]
    if asked.given("comment"):
        given["description"] = asked.text("comment")
    if asked.given("public") and asked.yes("public") is not (shown is Visibility.HOUSE):
        given["visibility"] = Visibility.HOUSE if asked.yes("public") else Visibility.PRIVATE
    try:
        return msgspec.convert(given, PlaylistChange) if given else None
    except msgspec.ValidationError as error:
        raise Missing("playlist", str(error)) from error


def _places(texts: Sequence[str]) -> list[int]:
    try:
        return sorted({max(-1, min(int(text), MAX_ENTRIES)) for text in texts})  # beyond both ends there is none
    except ValueError:
        raise Missing("songIndexToRemove", "whole numbers are needed") from None


async def delete_playlist(call: Call) -> Answer:
    """Delete a playlist."""
    playlist_id = id_of(call.asked.needed("id"), Kind.PLAYLIST)
    async with call.working() as work:
        await commands.delete_playlist(work, call.actor, playlist_id)
    return None


ENDPOINTS: dict[str, Endpoint] = {
    "getPlaylists": playlists,
    "getPlaylist": playlist,
    "createPlaylist": create_playlist,
    "updatePlaylist": update_playlist,
    "deletePlaylist": delete_playlist,
}
