"""What is heard: reports of players, what sounds in the house, and what it likes of an artist."""

from datetime import datetime

from msgspec.structs import asdict

from sarau.catalog.library.queries import chance, collections, pages
from sarau.catalog.library.queries.lists import Filters
from sarau.catalog.library.queries.songs import songs_by_id
from sarau.interfaces.subsonic import shaping
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import Missing
from sarau.interfaces.subsonic.marking import marks_of
from sarau.interfaces.subsonic.names import Kind, id_of, ids_of, named
from sarau.interfaces.subsonic.structures.lists import NowPlaying, NowPlayingEntry
from sarau.interfaces.subsonic.writing import Kept
from sarau.kit.times import from_ms, now
from sarau.playback.history.commands.plays import report_playback
from sarau.playback.history.commands.scrobbles import scrobble as note_listening
from sarau.playback.history.queries.most_played import top_tracks
from sarau.playback.history.queries.now_playing import now_playing as what_sounds
from sarau.playback.history.schemas import NowPlaying as Sounding
from sarau.playback.history.schemas import PlaybackReport, PlayState, Reported
from sarau.playback.marks.schemas import Marked

_MOST = 500
_LATEST_MS = 253_402_300_799_000
_LONGEST_MS = 7 * 86_400_000
_SLOWEST, _FASTEST = 0.1, 10.0


async def scrobble(call: Call) -> Answer:
    """That songs were heard, each at a moment; or that one begins."""
    asked = call.asked
    asked.needed("id")
    track_ids = ids_of(asked.few("id"), Kind.SONG)
    times = [_moment(text) for text in asked.all("time")]
    if len(times) > len(track_ids):
        raise Missing("time", "there are more times than songs")
    submission = asked.yes("submission", default=True)
    view = await call.view()
    async with call.working() as work:
        for number, track_id in enumerate(track_ids):
            at = times[number] if number < len(times) else None
            await note_listening(work, call.actor, view, track_id, at, call.client, submission=submission)
    return None


def _moment(text: str) -> datetime:
    try:
        return from_ms(max(0, min(int(text), _LATEST_MS)))
    except ValueError:
        raise Missing("time", "milliseconds since 1970 are needed") from None


async def report(call: Call) -> Answer:
    """Where a player is in a song."""
    asked = call.asked
    track_id = id_of(asked.needed("mediaId"), Kind.SONG)
    call.require_song()
    position_ms = asked.needed_number("positionMs", 0, _LONGEST_MS)
    try:
        state = Reported(asked.needed("state"))
        rate = max(_SLOWEST, min(float(asked.text("playbackRate") or 1.0), _FASTEST))
    except ValueError:
        raise Missing("state", "starting, playing, paused or stopped, and a rate such as 1.0, are needed") from None
    told = PlaybackReport(track_id, state, position_ms, rate, call.client, uncounted=asked.yes("ignoreScrobble"))
    view = await call.view()
    async with call.working() as work:
        await report_playback(work, call.actor, view, told)
    return None


async def now_playing(call: Call) -> Answer:
    """What sounds in the house, of those who do not hide it."""
    view = await call.view()
    async with call.reading() as reader:
        sounding = await what_sounds(reader, view, call.actor)
        ids = [one.track.id for one in sounding]
        heard = {song.id: song for song in await songs_by_id(reader, view, ids)}
        marks = await marks_of(reader, call.actor, Marked.TRACK, ids)
    moment = now()
    entries = [
        NowPlayingEntry(
            **asdict(shaping.song(heard[one.track.id], marks.get(one.track.id))),
            username=one.listener.username,
            minutes_ago=max(0, int((moment - one.started_at).total_seconds() // 60)),
            player_id=number,
            player_name=" – ".join(filter(None, (one.client, one.device))) or None,
            state=one.state.value,
            position_ms=_position_ms(one, moment),
            playback_rate=one.rate,
        )
        for number, one in enumerate(sounding, 1)
        if one.track.id in heard
    ]
    return "nowPlaying", NowPlaying(entries)


def _position_ms(one: Sounding, moment: datetime) -> int:
    """Return where a player is by now, from where it said it was."""
    if one.state is not PlayState.PLAYING:
        return one.position_ms
    passed_ms = (moment - one.updated_at).total_seconds() * 1_000 * one.rate
    return min(one.track.duration_ms, one.position_ms + round(passed_ms))


async def top_songs(call: Call) -> Answer:
    """What the house hears most of an artist, by id or else by name."""
    view = await call.view()
    count, _ = call.page("count", 50, _MOST)
    async with call.reading() as reader:
        if call.asked.text("id"):
            artist_id: str | None = id_of(call.asked.text("id"), Kind.ARTIST)
        else:
            artist_id = await collections.artist_named(reader, view, call.asked.needed("artist"))
        found = await top_tracks(reader, view, artist_id, count) if artist_id else []
        return "topSongs", await call.songs(reader, view, [one.id for one in found])


async def _similar(call: Call) -> Kept:
    """Return songs of the same genre and artist, until there are recommendations."""
    view = await call.view()
    asked = named(call.asked.needed("id"))
    count, _ = call.page("count", 50, _MOST)
    async with call.reading() as reader:
        genre, artist_id = await _kin(call, asked.kind, asked.id)
        genre_id = await collections.genre_named(reader, genre) if genre else None
        filters = [Filters(artist_id=artist_id)] if artist_id else []
        filters += [Filters(genre_id=genre_id)] if genre_id else []
        ids: dict[str, None] = {}
        for some in filters:
            drawn = await chance.random_tracks(reader, view, filters=some, count=count)
            ids |= dict.fromkeys(track.id for track in drawn[: max(1, count // len(filters))])
        ids.pop(asked.id, None)
        return await call.songs(reader, view, list(ids)[:count])


async def _kin(call: Call, kind: Kind, thing_id: str) -> tuple[str | None, str | None]:
    """Return the genre and the artist of something."""
    view = await call.view()
    async with call.reading() as reader:
        if kind is Kind.ARTIST:
            page = await pages.artist(reader, view, thing_id)
            genres = await collections.genres_of_albums(reader, [album.id for album in page.albums[:20]])
            names = [name for some in genres.values() for name in some]
            return (max(set(names), key=names.count) if names else None), thing_id
        if kind is Kind.ALBUM:
            album = await pages.album(reader, view, thing_id)
            tracks = album.tracks
        else:
            tracks = [await pages.track(reader, view, id_of(f"{kind}-{thing_id}", Kind.SONG))]
    first = tracks[0]
    return (first.genres[0] if first.genres else None), (first.artists[0].id if first.artists else None)


async def similar_songs(call: Call) -> Answer:
    """Songs like a song, an album or an artist, for apps that browse by folders."""
    return "similarSongs", await _similar(call)


async def similar_songs_2(call: Call) -> Answer:
    """Songs like an artist's."""
    return "similarSongs2", await _similar(call)


ENDPOINTS: dict[str, Endpoint] = {
    "scrobble": scrobble,
    "reportPlayback": report,
    "getNowPlaying": now_playing,
    "getTopSongs": top_songs,
    "getSimilarSongs": similar_songs,
    "getSimilarSongs2": similar_songs_2,
}
