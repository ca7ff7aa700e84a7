"""What is somebody's own: playlists, bookmarks, queues, shares, stations, accounts."""

from typing import ClassVar

from sarau.interfaces.subsonic.structures.base import Structure
from sarau.interfaces.subsonic.structures.media import Song


class Playlist(Structure, frozen=True, kw_only=True):
    """A playlist."""

    id: str
    name: str
    comment: str | None = None
    owner: str
    public: bool
    song_count: int
    duration: int
    created: str
    changed: str
    cover_art: str | None = None
    readonly: bool
    allowed_user: list[str]

    xml_elements: ClassVar[frozenset[str]] = frozenset({"allowedUser"})


class PlaylistWithSongs(Playlist, frozen=True, kw_only=True):
    """A playlist and its songs."""

    entry: list[Song]


class Playlists(Structure, frozen=True):
    """Playlists."""

    playlist: list[Playlist]


class Bookmark(Structure, frozen=True, kw_only=True):
    """A place in a song."""

    position: int
    username: str
    comment: str | None = None
    created: str
    changed: str
    entry: Song


class Bookmarks(Structure, frozen=True):
    """Bookmarks."""

    bookmark: list[Bookmark]


class PlayQueue(Structure, frozen=True, kw_only=True):
    """A queue that was put by."""

    current: str | None = None
    position: int | None = None
    username: str
    changed: str
    changed_by: str
    entry: list[Song]


class PlayQueueByIndex(Structure, frozen=True, kw_only=True):
    """A queue that was put by, whose song is named by its place in it."""

    current_index: int | None = None
    position: int | None = None
    username: str
    changed: str
    changed_by: str
    entry: list[Song]


class Share(Structure, frozen=True, kw_only=True):
    """A public link."""

    id: str
    url: str
    description: str | None = None
    username: str
    created: str
    expires: str | None = None
    last_visited: str | None = None
    visit_count: int
    entry: list[Song]


class Shares(Structure, frozen=True):
    """Public links."""

    share: list[Share]


class InternetRadioStation(Structure, frozen=True):
    """A radio station on the Internet."""

    id: str
    name: str
    stream_url: str
    home_page_url: str | None = None


class InternetRadioStations(Structure, frozen=True):
    """Radio stations."""

    internet_radio_station: list[InternetRadioStation]


class User(Structure, frozen=True, kw_only=True):
    """A person and what they may."""

    username: str
    email: str | None = None
    scrobbling_enabled: bool
    admin_role: bool
    settings_role: bool
    download_role: bool
    upload_role: bool
    playlist_role: bool
    cover_art_role: bool
    comment_role: bool
    podcast_role: bool
    stream_role: bool
    jukebox_role: bool
    share_role: bool
    video_conversion_role: bool
    folder: list[int]

    xml_elements: ClassVar[frozenset[str]] = frozenset({"folder"})


class Users(Structure, frozen=True):
    """Everybody."""

    user: list[User]
