"""Playlists: one's own, those one edits or follows, and those of the house; and the folders they stand in."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Home, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.kit.pages import MAX_LIMIT, Page
from sarau.playlists.commands import folders as folder_commands
from sarau.playlists.commands import playlists as commands
from sarau.playlists.queries import playlists as queries
from sarau.playlists.queries.folders import my_folders
from sarau.playlists.schemas import (
    Filed,
    NewPlaylist,
    NewPlaylistFolder,
    Playlist,
    PlaylistChange,
    PlaylistDetails,
    PlaylistFolder,
    PlaylistFolderChange,
    PlaylistScope,
    PlaylistVersions,
    RulesPreview,
)
from sarau.playlists.smart_rules import RuleField, SmartRules

router = APIRouter(tags=["Playlists"])

_SHOWN = 20
_Scope = Annotated[
    Literal["mine", "house", "all"], Query(description="Those I own, edit or follow; the house's by others; or both.")
]
_Words = Annotated[str, Query(max_length=200, description="Words that are all to be in the name.")]
_Length = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items a page has at most.")]


@router.get("/playlists", summary="Playlists", **contract(gives=Page[Playlist]))
async def playlists(
    who: Who,
    reader: Read,
    scope: _Scope = "mine",
    q: _Words = "",
    limit: _Length = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Oldest first."""
    return answer(await queries.playlist_page(reader, who, PlaylistScope(scope), words=q, limit=limit, cursor=cursor))


@router.post(
    "/playlists", summary="Make a playlist", **contract(takes=NewPlaylist, gives=PlaylistDetails, status=201)
)
async def create_playlist(
    home: Home, who: Who, view: Seen, work: Write, new: Annotated[NewPlaylist, body(NewPlaylist)]
) -> Response:
    """With tracks, or with rules that choose them: a smart one. Nobody else sees it unless that is asked for."""
    made = await commands.create_playlist(work, who, view, home.rule_book, new)
    return answer(await queries.playlist(work, view, who, made, home.rule_book), 201)


@router.get("/playlists/rules/fields", summary="What rules can ask about", **contract(gives=Items[RuleField]))
async def rule_fields(home: Home, _who: Who) -> Response:
    """And how each can be compared; `random` can be sorted by too."""
    return answer(Items(home.rule_book.fields()))


@router.post("/playlists/rules/preview", summary="Try rules", **contract(takes=SmartRules, gives=RulesPreview))
async def preview(
    home: Home, who: Who, view: Seen, reader: Read, rules: Annotated[SmartRules, body(SmartRules)]
) -> Response:
    """How many tracks they choose for me just now, and the first of them."""
    return answer(await queries.preview(reader, view, who, home.rule_book, rules, _SHOWN))


@router.get("/playlists/{playlist_id}", summary="A playlist", **contract(gives=PlaylistDetails))
async def playlist(home: Home, who: Who, view: Seen, reader: Read, playlist_id: str) -> Response:
    """By its id or its link; its entries are at `/playlists/{playlist_id}/entries`."""
    return answer(await queries.playlist(reader, view, who, playlist_id, home.rule_book))


@router.patch(
    "/playlists/{playlist_id}", summary="Change a playlist", **contract(takes=PlaylistChange, gives=PlaylistDetails)
)
async def change_playlist(
    home: Home,
    who: Who,
    view: Seen,
    work: Write,
    playlist_id: str,
    change: Annotated[PlaylistChange, body(PlaylistChange)],
) -> Response:
    """What is left out stays. With a version, 409 tells what others changed of the same since."""
    await commands.change_playlist(work, who, home.rule_book, playlist_id, change)
    return answer(await queries.playlist(work, view, who, playlist_id, home.rule_book))


@router.delete("/playlists/{playlist_id}", summary="Delete a playlist", **contract(status=204))
async def delete_playlist(who: Who, work: Write, playlist_id: str) -> Response:
    """Its tracks stay where they are."""
    await commands.delete_playlist(work, who, playlist_id)
    return nothing()


@router.get(
    "/playlists/{playlist_id}/versions", summary="What changed in a playlist", **contract(gives=PlaylistVersions)
)
async def versions(
    who: Who,
    reader: Read,
    playlist_id: str,
    since: Annotated[int, Query(ge=0, le=2**53, description="The version that is known.")] = 0,
) -> Response:
    """Earliest first; the last 200 versions are remembered."""
    asked = await queries.rights(reader, who, playlist_id)
    return answer(await queries.versions_since(reader, asked.id, asked.version, since))


@router.put("/playlists/{playlist_id}/follow", summary="Follow a playlist", **contract(status=204))
async def follow(who: Who, work: Write, playlist_id: str) -> Response:
    """It stands among one's own for as long as it can be seen."""
    await commands.follow_playlist(work, who, playlist_id)
    return nothing()


@router.delete("/playlists/{playlist_id}/follow", summary="Follow a playlist no longer", **contract(status=204))
async def unfollow(who: Who, work: Write, playlist_id: str) -> Response:
    """If one does."""
    await commands.unfollow_playlist(work, who, playlist_id)
    return nothing()


@router.put(
    "/playlists/{playlist_id}/folder", summary="Put a playlist into a folder", **contract(takes=Filed, status=204)
)
async def file_playlist(who: Who, work: Write, playlist_id: str, filed: Annotated[Filed, body(Filed)]) -> Response:
    """One's own folder, for one's own eyes, whoever owns the playlist."""
    await folder_commands.file_playlist(work, who, playlist_id, filed.folder_id)
    return nothing()


@router.get("/playlist-folders", summary="My folders of playlists", **contract(gives=Items[PlaylistFolder]))
async def folders(who: Who, reader: Read) -> Response:
    """By name, whichever they stand in."""
    return answer(Items(await my_folders(reader, who)))


@router.post(
    "/playlist-folders",
    summary="Make a folder of playlists",
    **contract(takes=NewPlaylistFolder, gives=PlaylistFolder, status=201),
)
async def create_folder(
    who: Who, work: Write, new: Annotated[NewPlaylistFolder, body(NewPlaylistFolder)]
) -> Response:
    """Folders go eight deep."""
    return answer(await folder_commands.create_folder(work, who, new), 201)


@router.patch(
    "/playlist-folders/{folder_id}",
    summary="Change a folder of playlists",
    **contract(takes=PlaylistFolderChange, gives=PlaylistFolder),
)
async def change_folder(
    who: Who, work: Write, folder_id: str, change: Annotated[PlaylistFolderChange, body(PlaylistFolderChange)]
) -> Response:
    """Its name, or the folder it stands in."""
    return answer(await folder_commands.change_folder(work, who, folder_id, change))


@router.delete("/playlist-folders/{folder_id}", summary="Delete a folder of playlists", **contract(status=204))
async def delete_folder(who: Who, work: Write, folder_id: str) -> Response:
    """What is in it goes to the one above."""
    await folder_commands.delete_folder(work, who, folder_id)
    return nothing()
