"""Playlists of one's own."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.kit.pages import Page
from sarau.playlists import commands, queries
from sarau.playlists.schemas import Added, Move, NewEntries, NewPlaylist, Playlist, PlaylistChange, PlaylistEntry

router = APIRouter(prefix="/playlists", tags=["Playlists"])


@router.get("", summary="My playlists", **contract(gives=Items[Playlist]))
async def my_playlists(who: Who, reader: Read) -> Response:
    """Oldest first."""
    return answer(Items(await queries.my_playlists(reader, who)))


@router.post("", summary="Make a playlist", **contract(takes=NewPlaylist, gives=Playlist, status=201))
async def create_playlist(
    who: Who, view: Seen, work: Write, new: Annotated[NewPlaylist, body(NewPlaylist)]
) -> Response:
    """Nobody else sees it."""
    return answer(await commands.create_playlist(work, who, view, new), 201)


@router.get("/{playlist_id}", summary="A playlist", **contract(gives=Playlist))
async def playlist(who: Who, reader: Read, playlist_id: str) -> Response:
    """Its entries are at `/playlists/{playlist_id}/entries`."""
    return answer(await queries.playlist(reader, who, playlist_id))


@router.patch("/{playlist_id}", summary="Rename a playlist", **contract(takes=PlaylistChange, gives=Playlist))
async def rename_playlist(
    who: Who, work: Write, playlist_id: str, change: Annotated[PlaylistChange, body(PlaylistChange)]
) -> Response:
    """Two may have the same name."""
    return answer(await commands.rename_playlist(work, who, playlist_id, change.name))


@router.delete("/{playlist_id}", summary="Delete a playlist", **contract(status=204))
async def delete_playlist(who: Who, work: Write, playlist_id: str) -> Response:
    """Its tracks stay where they are."""
    await commands.delete_playlist(work, who, playlist_id)
    return nothing()


@router.get("/{playlist_id}/entries", summary="The entries of a playlist", **contract(gives=Page[PlaylistEntry]))
async def entries(
    who: Who, view: Seen, reader: Read, playlist_id: str, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """In order."""
    return answer(await queries.entries(reader, view, who, playlist_id, limit, cursor))


@router.post(
    "/{playlist_id}/entries",
    summary="Put tracks into a playlist",
    **contract(takes=NewEntries, gives=Added, status=201),
)
async def add_entries(
    who: Who, view: Seen, work: Write, playlist_id: str, new: Annotated[NewEntries, body(NewEntries)]
) -> Response:
    """Before an entry, or at the end; a playlist holds 10,000."""
    return answer(Added(await commands.add_entries(work, who, view, playlist_id, new)), 201)


@router.patch("/{playlist_id}/entries/{entry_id}", summary="Move an entry", **contract(takes=Move, status=204))
async def move_entry(
    who: Who, work: Write, playlist_id: str, entry_id: str, move: Annotated[Move, body(Move)]
) -> Response:
    """Before another, or to the end."""
    await commands.move_entry(work, who, playlist_id, entry_id, move.before)
    return nothing()


@router.delete("/{playlist_id}/entries/{entry_id}", summary="Take an entry out of a playlist", **contract(status=204))
async def remove_entry(who: Who, work: Write, playlist_id: str, entry_id: str) -> Response:
    """The track stays, and stays elsewhere in the playlist."""
    await commands.remove_entry(work, who, playlist_id, entry_id)
    return nothing()
