"""Lists: albums, songs, what was found, starred, is playing."""

from sarau.interfaces.subsonic.structures.base import Structure
from sarau.interfaces.subsonic.structures.media import AlbumID3, Artist, ArtistID3, Child, Song


class AlbumList(Structure, frozen=True):
    """Albums as apps list them that browse by folders."""

    album: list[Child]


class AlbumList2(Structure, frozen=True):
    """Albums."""

    album: list[AlbumID3]


class Songs(Structure, frozen=True):
    """Songs."""

    song: list[Song]


class SearchResult(Structure, frozen=True):
    """What the oldest search found."""

    offset: int
    total_hits: int
    match: list[Song]


class FoundByFolders(Structure, frozen=True):
    """What was found or starred, for apps that browse by folders."""

    artist: list[Artist]
    album: list[Child]
    song: list[Song]


class Found(Structure, frozen=True):
    """What was found or starred."""

    artist: list[ArtistID3]
    album: list[AlbumID3]
    song: list[Song]


class NowPlayingEntry(Song, frozen=True, kw_only=True):
    """A song that somebody hears just now."""

    username: str
    minutes_ago: int
    player_id: int
    player_name: str | None = None
    state: str
    position_ms: int
    playback_rate: float


class NowPlaying(Structure, frozen=True):
    """What is heard just now."""

    entry: list[NowPlayingEntry]
