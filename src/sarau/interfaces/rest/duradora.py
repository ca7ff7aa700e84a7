"""An older contract of some clients, kept for them below /duradora: tracks, playlists, coming in.

Bodies are forms or JSON. Replies are JSON: what was asked for, or `error` with a description and the status of it.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sarau.accounts.roles.policies import Role
from sarau.accounts.sessions.schemas import SignIn
from sarau.accounts.users import commands as user_commands
from sarau.accounts.users import queries as user_queries
from sarau.accounts.users.schemas import NewUser, UserChange
from sarau.catalog.ingest.commands import file_upload
from sarau.catalog.ingest.queries import room_of
from sarau.catalog.ingest.schemas import Room
from sarau.catalog.library.commands.tracks import edit_track
from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.files import file_on_disk
from sarau.catalog.library.schemas import Track, TrackEdit
from sarau.foundation.errors import DomainError, Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.ranged import FileResponse
from sarau.interfaces.common.state import credentials, entrance, files, house, view
from sarau.interfaces.rest.contract import Endpoint, answer, invalid, read_bytes, read_json, require_texts
from sarau.interfaces.rest.errors import status_of
from sarau.interfaces.rest.hot import CountedRoute
from sarau.interfaces.rest.multipart import form_parts
from sarau.kit.text import fold
from sarau.playlists.commands import entries as entry_commands
from sarau.playlists.commands import playlists as playlist_commands
from sarau.playlists.queries import entries as entry_queries
from sarau.playlists.queries import playlists as playlist_queries
from sarau.playlists.schemas import (
    AddTracks,
    NewPlaylist,
    Playlist,
    PlaylistDetails,
    PlaylistEdits,
    PlaylistScope,
    RemoveEntries,
    Visibility,
)

PREFIX = "duradora"
_MOST_FIELD_BYTES = 64 << 10
_MOST_FIELDS = 100
_ACCESS = {"public": Visibility.HOUSE, "link": Visibility.LINK, "private": Visibility.PRIVATE}
_ACCESS_OF = {visibility: access for access, visibility in _ACCESS.items()}
# How clients name what we call by another name; lists may be given as one text.
_FIELDS = {
    "name": "title", "artist": "artists", "album_artist": "album_artists", "composer": "composers", "genre": "genres",
    "track": "track_number", "disc": "disc_number",
}  # fmt: skip
_LISTS = frozenset({"artists", "album_artists", "composers", "genres"})
_EDITABLE = frozenset(field.name for field in msgspec.structs.fields(TrackEdit))
Fields = dict[str, Any]


async def _form(request: Request, on_file: Callable[[str, AsyncIterator[bytes]], Any] | None = None) -> Fields:
    """Return the fields of a form, handing its files over as they come."""
    found: Fields = {}
    async for part in form_parts(request):
        if part.file_name is not None:
            if on_file is None:
                raise Invalid(part.field or "file", "no file is needed here")
            await on_file(part.file_name, part.chunks)
            continue
        value = bytearray()
        async for chunk in part.chunks:
            value += chunk
            if len(value) > _MOST_FIELD_BYTES:
                raise Invalid(part.field, f"it may have at most {_MOST_FIELD_BYTES} bytes")
        found[part.field] = value.decode(errors="replace")
        if len(found) > _MOST_FIELDS:
            raise Invalid("body", f"a form may have at most {_MOST_FIELDS} fields")
    return found


def _encoded(body: bytes) -> Fields:
    """Return the fields of a form that is written like an address."""
    try:
        pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Invalid("body", f"a form may have at most {_MOST_FIELDS} fields") from error
    return dict(pairs)


async def _body(request: Request, on_file: Callable[[str, AsyncIterator[bytes]], Any] | None = None) -> Fields:
    """Return the fields of a body, whether a form or JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        fields = await _form(request, on_file)
    elif kind == "application/x-www-form-urlencoded":
        fields = _encoded(await read_bytes(request, _MOST_FIELD_BYTES))
    else:
        given: Any = await read_json(request, object)
        fields = {} if given is None else _converted(given, dict[str, Any])
    require_texts({name: value for name, value in fields.items() if isinstance(value, str)})
    return fields


def _asked(request: Request, name: str) -> str:
    """Return a parameter of the address; raises Invalid where it is missing."""
    require_texts(request.query_params)
    value = request.query_params.get(name, "")
    if not value:
        raise Invalid(name, "it is missing")
    return value


def _text(fields: Mapping[str, Any], *names: str) -> str:
    """Return a field that goes by several names; raises Invalid where all are missing."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value:
            return value
    raise Invalid(names[0], "it is missing")


def _converted(given: Fields, kind: Any) -> Any:
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from error


def _track(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "title": track.title,
        "artist": track.artist,
        "artists": [artist.name for artist in track.artists],
        "album": track.album,
        "genres": track.genres,
        "year": track.year,
        "track_number": track.track_number,
        "disc_number": track.disc_number,
        "duration_ms": track.duration_ms,
        "media_type": track.media_type,
        "size_bytes": track.size_bytes,
    }


def _playlist(one: Playlist | PlaylistDetails) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "owner": one.owner.username,
        "access": _ACCESS_OF[one.visibility],
        "link": one.link,
        "song_count": one.entry_count,
    }


def _edit(fields: Fields) -> TrackEdit | None:
    """Return the corrections that metadata are, None for no metadata."""
    given: Fields = {}
    for name, value in fields.items():
        field = _FIELDS.get(name, name)
        if field in _EDITABLE:
            given[field] = [value] if field in _LISTS and isinstance(value, str) else value
        elif name != "id":
            raise Invalid(name, "there is no such field of a track")
    edit: TrackEdit = _converted(given, TrackEdit)
    return edit if given else None


async def _actor(request: Request) -> Actor:
    return await credentials(request).actor(request)


async def put_track(request: Request) -> Response:
    """Upload a track with its metadata, or correct the metadata of one that is here."""
    home, who = house(request), await _actor(request)
    track_id = request.query_params.get("id", "")
    uploaded: list[str] = []

    async def room_now() -> Room:
        async with home.database.reading() as reader:
            return await room_of(reader, who, home.settings.uploads)

    async def take(name: str, chunks: AsyncIterator[bytes]) -> None:
        who.require(Permission.LIBRARY_UPLOAD)
        if track_id or uploaded:
            raise Invalid("file", "the sound of a track stays as it is: upload another track")
        async with home.uploads.arriving(name, chunks, who, room_now) as arrived, home.database.working() as work:
            uploaded.append((await file_upload(work, who, arrived)).track.id)

    edit = _edit(await _body(request, take))
    target = track_id or next(iter(uploaded), "")
    if not target:
        raise Invalid("file", "a new track needs its sound")
    seen = await view(request, who)
    if edit is not None:
        async with home.database.working() as work:
            await edit_track(work, who, seen, target, edit)
    return answer({"id": target}, 201 if uploaded else 200)


async def get_track(request: Request) -> Response:
    """The metadata of a track."""
    who = await _actor(request)
    seen = await view(request, who)
    async with house(request).database.reading() as reader:
        return answer(_track(await pages.track(reader, seen, _asked(request, "id"))))


async def stream(request: Request) -> Any:
    """The sound of a track as it is, whole or in ranges."""
    home, who, track_id = house(request), await _actor(request), _asked(request, "id")
    seen = await view(request, who)

    async def read() -> Any:
        async with home.database.reading() as reader:
            return await file_on_disk(reader, seen, track_id)

    file = await files(request).recall(f"{seen.token} {track_id}", read)
    return FileResponse(home.delivery.open(file), accel=home.settings.server.x_accel_prefix)


async def register(request: Request) -> Response:
    """Make an account by an invitation."""
    fields = await _body(request)
    code = _text(fields, "invite", "code")
    given = {"username": _text(fields, "login", "username"), "password": _text(fields, "password")}
    new: NewUser = _converted({**given, "email": fields.get("email") or None}, NewUser)
    admitted = await entrance(request).register(code, new, credentials(request).client(request))
    token = entrance(request).lasting_token(admitted)
    return answer({"id": admitted.user.id, "token": token}, 201, {"cache-control": "no-store"})


async def login(request: Request) -> Response:
    """Trade a name and a password for a token, to be sent as `Authorization: Bearer`."""
    fields = await _body(request)
    given = {"login": _text(fields, "login", "username"), "password": _text(fields, "password")}
    admitted = await entrance(request).sign_in(_converted(given, SignIn), credentials(request).client(request))
    return answer({"token": entrance(request).lasting_token(admitted)}, 200, {"cache-control": "no-store"})


async def set_rights(request: Request) -> Response:
    """Give somebody a role, for who manages users."""
    who, fields = await _actor(request), await _body(request)
    who.require(Permission.USERS_MANAGE)
    name, rights = _text(fields, "username", "login"), _text(fields, "rights", "role")
    role: Role = _converted({"role": rights}, dict[str, Role])["role"]
    async with house(request).database.working() as work:
        person = await user_queries.user_named(work, name)
        changed = await user_commands.change_user(work, who, person.id, UserChange(role=role))
    return answer({"username": changed.username, "rights": changed.role})


def _visibility(access: Any) -> Visibility:
    if not isinstance(access, str) or access not in _ACCESS:
        raise Invalid("access", "one of " + ", ".join(_ACCESS))
    return _ACCESS[access]


async def create_playlist(request: Request) -> Response:
    """Make a playlist; its parameters stand beside its name or in `params`."""
    home, who, fields = house(request), await _actor(request), await _body(request)
    params = fields.get("params") or {}
    if isinstance(params, str):
        try:
            params = msgspec.json.decode(params, type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise Invalid("params", str(error)) from error
    params = {**fields, **params} if isinstance(params, dict) else fields
    given = {"name": _text(fields, "name"), "description": params.get("description") or ""}
    new: NewPlaylist = _converted({**given, "track_ids": params.get("songs") or []}, NewPlaylist)
    new = msgspec.structs.replace(new, visibility=_visibility(params.get("access", "private")))
    seen = await view(request, who)
    async with home.database.working() as work:
        playlist_id = await playlist_commands.create_playlist(work, who, seen, home.rule_book, new)
    return answer({"id": playlist_id}, 201)


async def get_playlist(request: Request) -> Response:
    """A playlist and its songs, by its id or its link."""
    home, who, ref = house(request), await _actor(request), _asked(request, "id")
    seen = await view(request, who)
    async with home.database.reading() as reader:
        found = await playlist_queries.playlist(reader, seen, who, ref, home.rule_book)
        tracks = await entry_queries.tracks_of(reader, seen, who, ref, home.rule_book)
    return answer({**_playlist(found), "songs": [_track(track) for track in tracks]})


async def add_song(request: Request) -> Response:
    """Put a song at the end of a playlist."""
    who, ref, fields = await _actor(request), _asked(request, "id"), await _body(request)
    track_id = _text(fields, "song_id", "track_id", "song")
    seen = await view(request, who)
    edits = PlaylistEdits([AddTracks([track_id[:16]])])
    async with house(request).database.working() as work:
        await entry_commands.edit_entries(work, who, seen, ref, edits)
    return answer({"id": ref})


async def remove_song(request: Request) -> Response:
    """Take a song out of a playlist, however often it is in it."""
    home, who, ref, fields = house(request), await _actor(request), _asked(request, "id"), await _body(request)
    track_id = _text(fields, "song_id", "track_id", "song")
    seen = await view(request, who)
    async with home.database.working() as work:
        gone: list[str] = []
        cursor: str | None = None
        while True:
            page = await entry_queries.entries(work, seen, who, ref, home.rule_book, limit=500, cursor=cursor)
            gone += [entry.id for entry in page.items if entry.track_id == track_id]
            cursor = page.next_cursor
            if cursor is None:
                break
        if not gone:
            raise Invalid("song_id", "it is not in the playlist")
        await entry_commands.edit_entries(work, who, seen, ref, PlaylistEdits([RemoveEntries(gone)]))
    return answer({"id": ref})


async def user_playlists(request: Request) -> Response:
    """The playlists of somebody that the caller may see."""
    who, name = await _actor(request), _asked(request, "username")
    async with house(request).database.reading() as reader:
        owner = await user_queries.user_named(reader, name)
        found = await playlist_queries.all_playlists(reader, who, PlaylistScope.ALL)
    return answer([_playlist(one) for one in found if one.owner.id == owner.id])


async def search_playlists(request: Request) -> Response:
    """The playlists the caller may see whose names have all words in them."""
    who, words = await _actor(request), fold(_asked(request, "search_string")).split()
    async with house(request).database.reading() as reader:
        found = await playlist_queries.all_playlists(reader, who, PlaylistScope.ALL)
    return answer([_playlist(one) for one in found if all(word in fold(one.name) for word in words)])


class _Answering:
    """An endpoint as an application: what goes wrong is told as these clients know it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            reply = await self._endpoint(Request(scope, receive, send))
        except DomainError as error:
            status, _ = status_of(error)
            reply = answer({"error": error.text, "code": error.code}, status, {"cache-control": "no-store"})
        await reply(scope, receive, send)


def routes() -> list[Route]:
    """Return the routes of the contract."""
    listed: tuple[tuple[str, str, Endpoint], ...] = (
        ("POST", "/track", put_track),
        ("GET", "/track", get_track),
        ("GET", "/stream", stream),
        ("POST", "/register", register),
        ("POST", "/login", login),
        ("POST", "/set_rights", set_rights),
        ("POST", "/playlist", create_playlist),
        ("GET", "/playlist", get_playlist),
        ("POST", "/playlist/add_song", add_song),
        ("POST", "/playlist/remove_song", remove_song),
        ("GET", "/user/playlists", user_playlists),
        ("GET", "/playlist/search", search_playlists),
    )
    return [CountedRoute(f"/{PREFIX}{path}", _Answering(one), methods=[method]) for method, path, one in listed]
