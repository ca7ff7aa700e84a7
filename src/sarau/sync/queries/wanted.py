"""Which files the rules of a device want: one statement for each kind of rule, however many rules there are."""

import asyncio
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, literal, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import track_artists, track_files, track_genres, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.marks.tables import album_stars, artist_stars, track_stars
from sarau.playlists.policies import visible
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.tables import playlist_entries, playlists
from sarau.sync.planning import Held, Wanted, plan, sums
from sarau.sync.queries.devices import device, held_files, rules_of
from sarau.sync.schemas import Plan, RuleKind, Rules
from sarau.sync.tables import device_rules

_target = device_rules.c.target_id
_user = bindparam("user_id", type_=EntityId())


def _wanted(kind: RuleKind, source: FromClause, *order: ColumnElement[Any]) -> Query[Wanted]:
    """Return the statement for the rules of a kind, from a join of these rules with tracks."""
    statement = (
        select(device_rules.c.position, tracks.c.id, track_files.c.sha256, track_files.c.size_bytes)
        .select_from(source.join(track_files, track_files.c.track_id == tracks.c.id))
        .where(
            device_rules.c.device_id == bindparam("device_id", type_=EntityId()),
            device_rules.c.kind == kind.value,
            tracks.c.available,
            seen(tracks),
            track_files.c.sha256.isnot(None),
        )
        .order_by(device_rules.c.position, *order, tracks.c.id)
    )
    return Query(statement, Wanted, slow=True)


_in_album = (tracks.c.album_id, tracks.c.place)
_by_artist = device_rules.join(
    track_artists, (track_artists.c.artist_id == _target) & (track_artists.c.role == "artist")
)
_by_starred_artist = device_rules.join(artist_stars, artist_stars.c.user_id == _user).join(
    track_artists, (track_artists.c.artist_id == artist_stars.c.artist_id) & (track_artists.c.role == "artist")
)
_in_genre = device_rules.join(track_genres, track_genres.c.genre_id == _target)
_in_playlist = device_rules.join(playlists, (playlists.c.id == _target) & visible()).join(
    playlist_entries, playlist_entries.c.playlist_id == playlists.c.id
)
_starred = device_rules.join(track_stars, track_stars.c.user_id == _user)
_on_starred_album = device_rules.join(album_stars, album_stars.c.user_id == _user)
_BY_KIND: dict[RuleKind, list[Query[Wanted]]] = {
    RuleKind.TRACK: [_wanted(RuleKind.TRACK, device_rules.join(tracks, tracks.c.id == _target))],
    RuleKind.ALBUM: [_wanted(RuleKind.ALBUM, device_rules.join(tracks, tracks.c.album_id == _target), *_in_album)],
    RuleKind.ARTIST: [
        _wanted(RuleKind.ARTIST, _by_artist.join(tracks, tracks.c.id == track_artists.c.track_id), *_in_album)
    ],
    RuleKind.GENRE: [
        _wanted(RuleKind.GENRE, _in_genre.join(tracks, tracks.c.id == track_genres.c.track_id), *_in_album)
    ],
    RuleKind.PLAYLIST: [
        _wanted(
            RuleKind.PLAYLIST,
            _in_playlist.join(tracks, tracks.c.id == playlist_entries.c.track_id),
            playlist_entries.c.place,
        )
    ],
    RuleKind.LIBRARY: [_wanted(RuleKind.LIBRARY, device_rules.join(tracks, tracks.c.library_id == _target))],
    RuleKind.STARRED: [
        _wanted(
            RuleKind.STARRED,
            _starred.join(tracks, tracks.c.id == track_stars.c.track_id),
            track_stars.c.starred_at.desc(),
        ),
        _wanted(
            RuleKind.STARRED,
            _on_starred_album.join(tracks, tracks.c.album_id == album_stars.c.album_id),
            album_stars.c.starred_at.desc(),
            *_in_album,
        ),
        _wanted(
            RuleKind.STARRED,
            _by_starred_artist.join(tracks, tracks.c.id == track_artists.c.track_id),
            artist_stars.c.starred_at.desc(),
            *_in_album,
        ),
    ],
}
_SMART = Query(
    select(device_rules.c.position, playlists.c.id, playlists.c.rules)
    .join(playlists, playlists.c.id == _target)
    .where(
        device_rules.c.device_id == bindparam("device_id", type_=EntityId()),
        device_rules.c.kind == RuleKind.PLAYLIST.value,
        playlists.c.rules.isnot(None),
        visible(),
    ),
    lambda position, playlist_id, rules: (position, playlist_id, rules),
)
_FILES = Query(
    select(literal(0), tracks.c.id, track_files.c.sha256, track_files.c.size_bytes)
    .join_from(tracks, track_files, track_files.c.track_id == tracks.c.id)
    .where(among(tracks.c.id, "ids"), tracks.c.available, seen(tracks), track_files.c.sha256.isnot(None)),
    Wanted,
    slow=True,
)
_RECENT = Query(
    select(literal(0), tracks.c.id, track_files.c.sha256, track_files.c.size_bytes)
    .join_from(tracks, track_files, track_files.c.track_id == tracks.c.id)
    .where(tracks.c.available, seen(tracks), track_files.c.sha256.isnot(None))
    .order_by(tracks.c.added_at.desc(), tracks.c.id.desc())
    .limit(bindparam("limit")),
    Wanted,
    slow=True,
)


async def _chosen_by_rules(reader: Reader, view: View, actor: Actor, device_id: str, book: RuleBook) -> list[Wanted]:
    """Return the files that smart playlists choose for the actor at this moment, each list in its order."""
    found: list[Wanted] = []
    for position, playlist_id, rules in await reader.all(_SMART, device_id=device_id, viewer_id=actor.id):
        ids = await book.track_ids(reader, view, actor, rules, seed=playlist_id, limit=rules.limit)
        files = {file.track_id: file for file in await reader.all(_FILES, ids=ids, libraries=view.library_ids)}
        found += [files[i]._replace(rule_index=position) for i in ids if i in files]
    return found


async def _all_wanted(
    reader: Reader, view: View, actor: Actor, device_id: str, rules: Rules, book: RuleBook
) -> list[Wanted]:
    found: list[Wanted] = []
    asked = {"device_id": device_id, "user_id": actor.id, "viewer_id": actor.id, "libraries": view.library_ids}
    kinds = dict.fromkeys(rule.kind for rule in rules.rules)
    for kind in kinds:
        for query in _BY_KIND.get(kind, ()):
            found += await reader.all(query, **asked)
    if RuleKind.PLAYLIST in kinds:
        found += await _chosen_by_rules(reader, view, actor, device_id, book)
    counts = {number: rule.count for number, rule in enumerate(rules.rules) if rule.count}
    if counts:
        recent = await reader.all(_RECENT, limit=max(counts.values()), libraries=view.library_ids)
        for number, count in counts.items():
            found += [file._replace(rule_index=number) for file in recent[:count]]
    return found


def _planned(wanted: list[Wanted], held: list[Held], limit_bytes: int | None) -> Plan:
    wanted.sort(key=lambda file: file.rule_index)  # in one rule they stay in the order they came
    items = list(plan(wanted, held, limit_bytes))
    return Plan(sums(items), items)


async def plan_of(reader: Reader, view: View, actor: Actor, device_id: str, book: RuleBook) -> Plan:
    """Return what one of the actor's devices is to do; raises DeviceNotFound.

    Files not yet read whole have no hash to be fetched by: they come into the plan when they have.
    """
    about = await device(reader, actor, device_id)
    rules = await rules_of(reader, actor, device_id)
    limit_bytes: int | None = rules.limit_bytes
    if not limit_bytes:
        limit_bytes = about.space_free_bytes + about.held_bytes if about.space_total_bytes else None
    wanted = await _all_wanted(reader, view, actor, device_id, rules, book)
    held = await held_files(reader, view, device_id)
    # With a hundred thousand files this takes a good part of a second.
    return await asyncio.to_thread(_planned, wanted, held, limit_bytes)
