"""From our schemas to the structures of OpenSubsonic: pure thinking."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from sarau.catalog.library.queries.collections import ListedAlbum, ListedArtist
from sarau.catalog.library.queries.songs import COMPOSER
from sarau.catalog.library.queries.songs import Song as Heard
from sarau.catalog.library.schemas import ArtistRef, Folder
from sarau.interfaces.subsonic.names import album_name, artist_name, cover_name, folder_name
from sarau.interfaces.subsonic.structures.base import instant
from sarau.interfaces.subsonic.structures.media import (
    AlbumID3,
    Artist,
    ArtistID3,
    ArtistRefID3,
    Child,
    Contributor,
    ItemGenre,
    Marks,
    ReplayGainInfo,
    Song,
)

_NO_GAIN = ReplayGainInfo()


def seconds(ms: int) -> int:
    """Return whole seconds, of which the shortest song has one."""
    return max(1, round(ms / 1000)) if ms else 0


def _refs(artists: Iterable[ArtistRef]) -> list[ArtistRefID3]:
    return [ArtistRefID3(f"ar-{artist.id}", artist.name) for artist in artists]


def _gain(song: Heard) -> ReplayGainInfo:
    if song.track_gain_db is None and song.album_gain_db is None and song.track_peak is None:
        return _NO_GAIN
    return ReplayGainInfo(song.track_gain_db, song.album_gain_db, song.track_peak, song.album_peak)


def _path(song: Heard, suffix: str) -> str:
    """Return where a song lies; of an upload, which lies nowhere, where it would."""
    if song.folder_id is not None:
        return song.path.decode(errors="replace")
    number = f"{song.track_number:02} - " if song.track_number else ""
    artist, album = song.album_artist or song.artist, song.album or "-"
    return f"{artist.replace('/', '_')}/{album.replace('/', '_')}/{number}{song.title.replace('/', '_')}.{suffix}"


def song(one: Heard, marks: Marks | None = None) -> Song:
    """Return a song, with somebody's marks if there are any."""
    words, artists, genres = one.words, one.artists, one.genres
    suffix = one.name.rpartition(".")[2].lower()
    name = f"tr-{one.id}"
    album = f"al-{one.album_id}" if one.album_id else None
    album_artists = [ArtistRefID3(f"ar-{artist.id}", artist.name) for artist in one.album_artists or ()]
    plain = Song(
        name, False, one.title, words.comment or "", one.sort, words.mb_recording_id or "", list(words.isrcs),
        [ItemGenre(genre) for genre in genres],
        [ArtistRefID3(f"ar-{artist.id}", artist.name) for artist in artists], one.artist,
        album_artists, one.album_artist or "",
        [Contributor(COMPOSER, ArtistRefID3(f"ar-{who.id}", who.name)) for who in one.composers],
        ", ".join(words.composers), list(words.moods), _gain(one),
        f"fo-{one.folder_id}" if one.folder_id else album,
        one.album, one.artist, one.track_number, one.year, genres[0] if genres else None,
        f"pi-{one.cover}" if one.cover else name,
        one.size_bytes, one.media_type, suffix, seconds(one.duration_ms),
        one.bitrate_kbps, one.bit_depth, one.sample_rate_hz, one.channels,
        _path(one, suffix), False, one.disc_number, instant(one.added_at),
        album, f"ar-{artists[0].id}" if artists else None, "music", "song",
    )  # fmt: skip
    return plain if marks is None else marked_song(plain, marks)


def marked_song(plain: Song, marks: Marks) -> Song:
    """Return a song with somebody's marks."""
    return replace(
        plain,
        starred=marks.starred,
        user_rating=marks.user_rating,
        play_count=marks.play_count,
        played=marks.played,
    )


def songs(found: Iterable[Heard], marks: Mapping[str, Marks]) -> list[Song]:
    """Return songs with somebody's marks, by the ids of their tracks."""
    return [song(one, marks.get(one.id)) for one in found]


def album(listed: ListedAlbum, genres: list[str]) -> AlbumID3:
    """Return an album as everybody sees it."""
    one = listed.album
    first = one.artists[0] if one.artists else None
    return AlbumID3(
        id=album_name(one.id),
        name=one.title,
        song_count=one.track_count,
        duration=seconds(one.duration_ms),
        created=instant(one.added_at),
        artist=one.artist,
        artist_id=artist_name(first.id) if first else None,
        cover_art=cover_name(one.cover, album_name(one.id)),
        year=one.year,
        genre=genres[0] if genres else None,
        music_brainz_id=listed.mbid or "",
        genres=[ItemGenre(name) for name in genres],
        artists=_refs(one.artists),
        display_artist=one.artist,
        release_types=["Compilation"] if one.compilation else [],
        sort_name=listed.sort,
        is_compilation=one.compilation,
    )


def album_as_child(one: AlbumID3) -> Child:
    """Return an album as a folder, for apps that browse by folders."""
    return Child(
        id=one.id,
        is_dir=True,
        title=one.name,
        name=one.name,
        parent=one.artist_id,
        album=one.name,
        artist=one.artist,
        year=one.year,
        genre=one.genre,
        cover_art=one.cover_art,
        duration=one.duration,
        created=one.created,
        artist_id=one.artist_id,
        media_type="album",
        song_count=one.song_count,
        starred=one.starred,
        user_rating=one.user_rating,
        play_count=one.play_count,
        played=one.played,
    )


def artist(listed: ListedArtist) -> ArtistID3:
    """Return an artist as everybody sees them."""
    one = listed.artist
    return ArtistID3(
        id=artist_name(one.id),
        name=one.name,
        album_count=one.album_count,
        cover_art=cover_name(one.cover, artist_name(one.id)),
        music_brainz_id=listed.mbid or "",
        sort_name=listed.sort,
    )


def artist_as_folder(one: ArtistID3) -> Artist:
    """Return an artist as a folder, for apps that browse by folders."""
    return Artist(id=one.id, name=one.name, cover_art=one.cover_art, starred=one.starred, user_rating=one.user_rating)


def folder_as_artist(folder: Folder) -> Artist:
    """Return a top folder, for apps that browse by folders."""
    name = folder_name(folder.id)
    return Artist(id=name, name=folder.name, cover_art=cover_name(folder.cover, name))


def folder_as_child(folder: Folder) -> Child:
    """Return a folder in another."""
    name = folder_name(folder.id)
    return Child(
        id=name,
        is_dir=True,
        title=folder.name,
        name=folder.name,
        parent=folder_name(folder.parent_id) if folder.parent_id else None,
        cover_art=cover_name(folder.cover, name),
    )


def marked_album(one: AlbumID3, marks: Marks | None) -> AlbumID3:
    """Return an album with somebody's marks."""
    if marks is None:
        return one
    return replace(
        one,
        starred=marks.starred,
        user_rating=marks.user_rating,
        play_count=marks.play_count,
        played=marks.played,
    )


def marked_artist(one: ArtistID3, marks: Marks | None) -> ArtistID3:
    """Return an artist with somebody's marks."""
    return one if marks is None else replace(one, starred=marks.starred, user_rating=marks.user_rating)
