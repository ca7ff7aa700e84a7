"""Browsing what is rarely asked for: details, folders, genres; and correcting tracks."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.catalog.library.commands import tracks as commands
from sarau.catalog.library.queries import files, pages
from sarau.catalog.library.queries.libraries import audible_libraries
from sarau.catalog.library.queries.lists import all_genres, artist_page
from sarau.catalog.library.queries.outlines import artist_outline
from sarau.catalog.library.schemas import (
    Artist,
    ArtistPage,
    BinnedTrack,
    Folder,
    FolderPage,
    Genre,
    Library,
    TrackDetails,
    TrackEdit,
)
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.kit.pages import MAX_LIMIT, Outline, Page

router = APIRouter(tags=["Catalogue"])


@router.get("/libraries", summary="Libraries I may hear", **contract(gives=Items[Library]))
async def libraries(who: Who, reader: Read) -> Response:
    """Oldest first."""
    return answer(Items(await audible_libraries(reader, who)))


@router.get("/artists", summary="Artists", **contract(gives=Page[Artist]))
async def artists(
    reader: Read,
    view: Seen,
    albums_only: Annotated[bool, Query(description="Only artists with albums of their own.")] = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """By name."""
    return answer(await artist_page(reader, view, albums_only=albums_only, limit=limit, cursor=cursor))


@router.get("/artists/outline", summary="Length of the list of artists", **contract(gives=Outline))
async def outline_of_artists(
    reader: Read,
    view: Seen,
    albums_only: Annotated[bool, Query(description="Only artists with albums of their own.")] = False,
    limit: Annotated[int, Query(ge=20, le=MAX_LIMIT, description="How many items the pages will have.")] = 100,
) -> Response:
    """And the cursors of its pages but the first."""
    return answer(await artist_outline(reader, view, albums_only=albums_only, limit=limit))


@router.get("/artists/{artist_id}", summary="An artist with albums", **contract(gives=ArtistPage))
async def artist(reader: Read, view: Seen, artist_id: str) -> Response:
    """Their own albums, and those of others they are heard on."""
    return answer(await pages.artist(reader, view, artist_id))


@router.get("/genres", summary="Genres", **contract(gives=Items[Genre]))
async def genres(reader: Read, view: Seen) -> Response:
    """By name."""
    return answer(Items(await all_genres(reader, view)))


@router.get("/folders", summary="The top folder of every library", **contract(gives=Items[Folder]))
async def top_folders(reader: Read, view: Seen) -> Response:
    """Of libraries that are folders."""
    return answer(Items(await pages.top_folders(reader, view)))


@router.get("/folders/{folder_id}", summary="A folder", **contract(gives=FolderPage))
async def folder(reader: Read, view: Seen, folder_id: str) -> Response:
    """With the way to it and the folders in it; its tracks are at `/tracks?folder_id=`."""
    return answer(await pages.folder(reader, view, folder_id))


@router.get("/tracks/{track_id}", summary="All about a track", **contract(gives=TrackDetails))
async def track(who: Who, reader: Read, view: Seen, track_id: str) -> Response:
    """With credits, and which fields were corrected by hand."""
    return answer(await pages.track_details(reader, view, who, track_id))


@router.patch("/tracks/{track_id}", summary="Correct a track", **contract(takes=TrackEdit, gives=TrackDetails))
async def edit_track(
    who: Who, work: Write, view: Seen, track_id: str, edit: Annotated[TrackEdit, body(TrackEdit)]
) -> Response:
    """Files are never written: corrections are kept beside them. What is left out stays, null takes one back."""
    return answer(await commands.edit_track(work, who, view, track_id, edit))


@router.delete("/tracks/{track_id}", summary="Put a track into the bin", **contract(status=204))
async def bin_track(who: Who, work: Write, view: Seen, track_id: str) -> Response:
    """One's own uploads, or any with the permission."""
    await commands.bin_track(work, who, view, track_id)
    return nothing()


@router.get("/bin", summary="The bin", **contract(gives=Items[BinnedTrack]))
async def binned(who: Who, reader: Read) -> Response:
    """Newest first, for who may restore."""
    return answer(Items(await files.binned_tracks(reader, who)))


@router.post("/bin/{track_id}/restore", summary="Take a track out of the bin", **contract(status=204))
async def restore(who: Who, work: Write, track_id: str) -> Response:
    """With its corrections, plays and place in albums."""
    await commands.restore_track(work, who, track_id)
    return nothing()
