"""Songs, albums, artists, folders and genres."""

from typing import ClassVar

from sarau.interfaces.subsonic.structures.base import Structure


class ItemGenre(Structure, frozen=True):
    """A genre of something."""

    name: str


class ArtistRefID3(Structure, frozen=True):
    """An artist that something is credited to."""

    id: str
    name: str


class Contributor(Structure, frozen=True):
    """Somebody's part in a song."""

    role: str
    artist: ArtistRefID3


class ReplayGainInfo(Structure, frozen=True):
    """Loudness to make up for."""

    track_gain: float | None = None
    album_gain: float | None = None
    track_peak: float | None = None
    album_peak: float | None = None


class Marks(Structure, frozen=True):
    """What somebody thinks of something, and how often they heard it: laid over what everybody sees."""

    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    played: str | None = None


class Child(Structure, frozen=True, kw_only=True):
    """A folder, or an album where apps browse by folders."""

    id: str
    is_dir: bool
    title: str
    name: str
    parent: str | None = None
    album: str | None = None
    artist: str | None = None
    year: int | None = None
    genre: str | None = None
    cover_art: str | None = None
    duration: int | None = None
    created: str | None = None
    artist_id: str | None = None
    media_type: str | None = None
    song_count: int | None = None
    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    played: str | None = None


class Song(Structure, frozen=True):
    """A song with everything OpenSubsonic adds; made hundreds at once, and so by position."""

    id: str
    is_dir: bool
    title: str
    comment: str
    sort_name: str
    music_brainz_id: str
    isrc: list[str]
    genres: list[ItemGenre]
    artists: list[ArtistRefID3]
    display_artist: str
    album_artists: list[ArtistRefID3]
    display_album_artist: str
    contributors: list[Contributor]
    display_composer: str
    moods: list[str]
    replay_gain: ReplayGainInfo
    parent: str | None = None
    album: str | None = None
    artist: str | None = None
    track: int | None = None
    year: int | None = None
    genre: str | None = None
    cover_art: str | None = None
    size: int | None = None
    content_type: str | None = None
    suffix: str | None = None
    duration: int | None = None
    bit_rate: int | None = None
    bit_depth: int | None = None
    sampling_rate: int | None = None
    channel_count: int | None = None
    path: str | None = None
    is_video: bool | None = None
    disc_number: int | None = None
    created: str | None = None
    album_id: str | None = None
    artist_id: str | None = None
    type: str | None = None
    media_type: str | None = None
    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    played: str | None = None
    bookmark_position: int | None = None

    xml_elements: ClassVar[frozenset[str]] = frozenset({"isrc", "moods"})


class AlbumID3(Structure, frozen=True, kw_only=True):
    """An album."""

    id: str
    name: str
    song_count: int
    duration: int
    created: str
    artist: str | None = None
    artist_id: str | None = None
    cover_art: str | None = None
    year: int | None = None
    genre: str | None = None
    music_brainz_id: str
    genres: list[ItemGenre]
    artists: list[ArtistRefID3]
    display_artist: str
    release_types: list[str]
    sort_name: str
    is_compilation: bool
    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    played: str | None = None


class AlbumWithSongsID3(AlbumID3, frozen=True, kw_only=True):
    """An album and its songs."""

    song: list[Song]


class ArtistID3(Structure, frozen=True, kw_only=True):
    """An artist."""

    id: str
    name: str
    album_count: int
    cover_art: str | None = None
    music_brainz_id: str
    sort_name: str
    starred: str | None = None
    user_rating: int | None = None


class ArtistWithAlbumsID3(ArtistID3, frozen=True, kw_only=True):
    """An artist and their albums."""

    album: list[AlbumID3]


class Artist(Structure, frozen=True, kw_only=True):
    """An artist, or a top folder, where apps browse by folders."""

    id: str
    name: str
    cover_art: str | None = None
    starred: str | None = None
    user_rating: int | None = None


class Index(Structure, frozen=True):
    """Those whose names begin alike."""

    name: str
    artist: list[Artist]


class IndexID3(Structure, frozen=True):
    """Artists whose names begin alike."""

    name: str
    artist: list[ArtistID3]


class Indexes(Structure, frozen=True):
    """The top of what apps browse by folders."""

    last_modified: int
    ignored_articles: str
    index: list[Index]
    child: list[Song]


class ArtistsID3(Structure, frozen=True):
    """All artists with albums."""

    ignored_articles: str
    index: list[IndexID3]


class Directory(Structure, frozen=True, kw_only=True):
    """A folder and what is in it."""

    id: str
    name: str
    parent: str | None = None
    starred: str | None = None
    user_rating: int | None = None
    play_count: int | None = None
    child: list[Child | Song]


class Genre(Structure, frozen=True):
    """A genre and how much there is of it."""

    value: str
    song_count: int
    album_count: int

    xml_text: ClassVar[str | None] = "value"


class Genres(Structure, frozen=True):
    """All genres."""

    genre: list[Genre]


class MusicFolder(Structure, frozen=True):
    """A library."""

    id: int
    name: str


class MusicFolders(Structure, frozen=True):
    """All libraries one may hear."""

    music_folder: list[MusicFolder]


class ArtistInfo(Structure, frozen=True, kw_only=True):
    """What is known about an artist beside the music."""

    biography: str | None = None
    music_brainz_id: str | None = None
    small_image_url: str | None = None
    medium_image_url: str | None = None
    large_image_url: str | None = None
    similar_artist: list[ArtistID3]

    xml_elements: ClassVar[frozenset[str]] = frozenset(
        {"biography", "musicBrainzId", "smallImageUrl", "mediumImageUrl", "largeImageUrl"}
    )


class AlbumInfo(Structure, frozen=True):
    """What is known about an album beside the music."""

    notes: str | None = None
    music_brainz_id: str | None = None
    small_image_url: str | None = None
    medium_image_url: str | None = None
    large_image_url: str | None = None

    xml_elements: ClassVar[frozenset[str]] = frozenset(
        {"notes", "musicBrainzId", "smallImageUrl", "mediumImageUrl", "largeImageUrl"}
    )
