"""The structures that OpenSubsonic documents, and checks of replies against them, in JSON and in XML.

Written from https://opensubsonic.netlify.app/docs/responses: what is named there may stand in a reply, nothing else.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

NAMESPACE = "{http://subsonic.org/restapi}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass(frozen=True)
class Documented:
    """An object: its plain fields by type (`!`: required), its objects, its lists of objects, its lists of texts.

    `text` is the field that is the text of the element in XML; `elements` are plain fields that are elements there.
    """

    fields: str = ""
    objects: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    text: str = ""
    elements: tuple[str, ...] = ()

    def types(self) -> dict[str, str]:
        """Return the type of each plain field."""
        return {name.rstrip("!"): kind for name, _, kind in (one.partition(":") for one in self.fields.split())}

    def required(self) -> set[str]:
        """Return the fields that must be there."""
        return {
            name.rstrip("!") for name in (one.partition(":")[0] for one in self.fields.split()) if name[-1] == "!"
        }


_CHILD = (
    "id!:str isDir!:bool title!:str parent:str album:str artist:str track:int year:int genre:str coverArt:str "
    "size:int contentType:str suffix:str transcodedContentType:str transcodedSuffix:str duration:int bitRate:int "
    "bitDepth:int samplingRate:int channelCount:int path:str isVideo:bool userRating:int averageRating:float "
    "playCount:int discNumber:int created:date starred:date albumId:str artistId:str type:str mediaType:str "
    "bookmarkPosition:int played:date bpm:int comment:str sortName:str musicBrainzId:str displayArtist:str "
    "displayAlbumArtist:str displayComposer:str explicitStatus:str name:str songCount:int"
)
_SONG_LISTS = {
    "genres": "itemGenre", "artists": "artistRef", "albumArtists": "artistRef", "contributors": "contributor",
}  # fmt: skip
_ALBUM = (
    "id!:str name!:str songCount!:int duration!:int created!:date version:str artist:str artistId:str coverArt:str "
    "playCount:int starred:date year:int genre:str played:date userRating:int musicBrainzId:str displayArtist:str "
    "sortName:str isCompilation:bool explicitStatus:str"
)
_ARTIST = "id!:str name!:str coverArt:str albumCount:int starred:date musicBrainzId:str sortName:str userRating:int"
_PLAYLIST = (
    "id!:str name!:str songCount!:int duration!:int created!:date changed!:date comment:str owner:str public:bool "
    "coverArt:str readonly:bool validUntil:date"
)
_QUEUE = "username!:str changed!:date changedBy!:str position:int"
_INFO = "musicBrainzId:str lastFmUrl:str smallImageUrl:str mediumImageUrl:str largeImageUrl:str"
_INFO_ELEMENTS = ("musicBrainzId", "lastFmUrl", "smallImageUrl", "mediumImageUrl", "largeImageUrl")


def _song(more: str = "") -> Documented:
    return Documented(f"{_CHILD} {more}", {"replayGain": "replayGain"}, _SONG_LISTS, ("isrc", "moods"))


DOCUMENTED: dict[str, Documented] = {
    "child": _song(),
    "itemGenre": Documented("name!:str"),
    "artistRef": Documented("id!:str name!:str"),
    "contributor": Documented("role!:str subRole:str", {"artist": "artistRef"}),
    "replayGain": Documented(
        "trackGain:float albumGain:float trackPeak:float albumPeak:float baseGain:float fallbackGain:float"
    ),
    "albumID3": Documented(_ALBUM, {}, {"genres": "itemGenre", "artists": "artistRef"}, ("releaseTypes", "moods")),
    "albumWithSongs": Documented(
        _ALBUM,
        {},
        {"genres": "itemGenre", "artists": "artistRef", "song": "child"},
        ("releaseTypes", "moods"),
    ),
    "artistID3": Documented(_ARTIST, texts=("roles",)),
    "artistWithAlbums": Documented(_ARTIST, {}, {"album": "albumID3"}, ("roles",)),
    "folderArtist": Documented("id!:str name!:str coverArt:str starred:date userRating:int averageRating:float"),
    "license": Documented("valid!:bool email:str licenseExpires:date trialExpires:date"),
    "tokenInfo": Documented("username!:str"),
    "openSubsonicExtensions": Documented("name!:str", texts=("versions",)),
    "musicFolders": Documented("", {}, {"musicFolder": "musicFolder"}),
    "musicFolder": Documented("id!:int name:str"),
    "indexes": Documented("ignoredArticles!:str lastModified!:int", {}, {"index": "index", "child": "child"}),
    "index": Documented("name!:str", {}, {"artist": "folderArtist"}),
    "artists": Documented("ignoredArticles!:str", {}, {"index": "indexID3"}),
    "indexID3": Documented("name!:str", {}, {"artist": "artistID3"}),
    "artist": Documented(_ARTIST, {}, {"album": "albumID3"}, ("roles",)),
    "album": Documented(
        _ALBUM,
        {},
        {"genres": "itemGenre", "artists": "artistRef", "song": "child"},
        ("releaseTypes", "moods"),
    ),
    "song": _song(),
    "directory": Documented(
        "id!:str name!:str parent:str starred:date userRating:int averageRating:float playCount:int",
        {},
        {"child": "child"},
    ),
    "genres": Documented("", {}, {"genre": "genre"}),
    "genre": Documented("value!:str songCount!:int albumCount!:int", text="value"),
    "artistInfo": Documented(
        f"biography:str {_INFO}", {}, {"similarArtist": "artistID3"}, elements=("biography", *_INFO_ELEMENTS)
    ),
    "artistInfo2": Documented(
        f"biography:str {_INFO}", {}, {"similarArtist": "artistID3"}, elements=("biography", *_INFO_ELEMENTS)
    ),
    "albumInfo": Documented(f"notes:str {_INFO}", elements=("notes", *_INFO_ELEMENTS)),
    "albumList": Documented("", {}, {"album": "child"}),
    "albumList2": Documented("", {}, {"album": "albumID3"}),
    "randomSongs": Documented("", {}, {"song": "child"}),
    "songsByGenre": Documented("", {}, {"song": "child"}),
    "topSongs": Documented("", {}, {"song": "child"}),
    "similarSongs": Documented("", {}, {"song": "child"}),
    "similarSongs2": Documented("", {}, {"song": "child"}),
    "starred": Documented("", {}, {"artist": "folderArtist", "album": "child", "song": "child"}),
    "starred2": Documented("", {}, {"artist": "artistID3", "album": "albumID3", "song": "child"}),
    "searchResult": Documented("offset!:int totalHits!:int", {}, {"match": "child"}),
    "searchResult2": Documented("", {}, {"artist": "folderArtist", "album": "child", "song": "child"}),
    "searchResult3": Documented("", {}, {"artist": "artistID3", "album": "albumID3", "song": "child"}),
    "nowPlaying": Documented("", {}, {"entry": "nowPlayingEntry"}),
    "nowPlayingEntry": _song(
        "username!:str minutesAgo!:int playerId!:int playerName:str state:str positionMs:int playbackRate:float"
    ),
    "playlists": Documented("", {}, {"playlist": "playlistAlone"}),
    "playlistAlone": Documented(_PLAYLIST, texts=("allowedUser",)),
    "playlist": Documented(_PLAYLIST, {}, {"entry": "child"}, ("allowedUser",)),
    "lyrics": Documented("value!:str artist:str title:str", text="value"),
    "lyricsList": Documented("", {}, {"structuredLyrics": "structuredLyrics"}),
    "structuredLyrics": Documented(
        "lang!:str synced!:bool displayArtist:str displayTitle:str offset:int kind:str",
        {},
        {"line": "line", "cueLine": "cueLine", "agents": "agent"},
    ),
    "agent": Documented("id!:str role!:str name:str"),
    "line": Documented("value!:str start:int", text="value"),
    "cueLine": Documented("index!:int value!:str start:int end:int agentId:str", {}, {"cue": "cue"}),
    "cue": Documented("start!:int end:int value!:str byteStart!:int byteEnd!:int", text="value"),
    "transcodeDecision": Documented(
        "canDirectPlay!:bool canTranscode!:bool errorReason:str transcodeParams:str",
        {"sourceStream": "streamDetails", "transcodeStream": "streamDetails"},
        texts=("transcodeReason",),
    ),
    "streamDetails": Documented(
        "protocol!:str container!:str codec!:str audioChannels:int audioBitrate:int audioProfile:str "
        "audioSamplerate:int audioBitdepth:int"
    ),
    "bookmarks": Documented("", {}, {"bookmark": "bookmark"}),
    "bookmark": Documented("position!:int username!:str comment:str created!:date changed!:date", {"entry": "child"}),
    "playQueue": Documented(f"{_QUEUE} current:str", {}, {"entry": "child"}),
    "playQueueByIndex": Documented(f"{_QUEUE} currentIndex:int", {}, {"entry": "child"}),
    "shares": Documented("", {}, {"share": "share"}),
    "share": Documented(
        "id!:str url!:str description:str username!:str created!:date expires:date lastVisited:date visitCount!:int",
        {},
        {"entry": "child"},
    ),
    "internetRadioStations": Documented("", {}, {"internetRadioStation": "internetRadioStation"}),
    "internetRadioStation": Documented("id!:str name!:str streamUrl!:str homePageUrl:str coverArt:str"),
    "podcasts": Documented(),
    "newestPodcasts": Documented(),
    "chatMessages": Documented(),
    "videos": Documented(),
    "scanStatus": Documented("scanning!:bool count:int"),
    "users": Documented("", {}, {"user": "user"}),
    "user": Documented(
        "username!:str email:str scrobblingEnabled!:bool maxBitRate:int adminRole!:bool settingsRole!:bool "
        "downloadRole!:bool uploadRole!:bool playlistRole!:bool coverArtRole!:bool commentRole!:bool "
        "podcastRole!:bool streamRole!:bool jukeboxRole!:bool shareRole!:bool videoConversionRole!:bool "
        "avatarLastChanged:date",
        texts=("folder",),
    ),
    "error": Documented("code!:int message:str helpUrl:str"),
}
_CHECKS: dict[str, Any] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and _DATE.fullmatch(value) is not None,
}
_WRITTEN: dict[str, re.Pattern[str]] = {
    "str": re.compile(r"[\s\S]*"),
    "int": re.compile(r"-?\d+"),
    "float": re.compile(r"-?\d+(\.\d+)?(e-?\d+)?"),
    "bool": re.compile("true|false"),
    "date": _DATE,
}


def check_json(kind: str, value: Any, path: str = "") -> None:
    """Fail where an object is not as documented."""
    documented, where = DOCUMENTED[kind], f"{path}/{kind}"
    assert isinstance(value, dict), where
    types = documented.types()
    assert documented.required() <= set(value), f"{where} lacks {documented.required() - set(value)}"
    for name, one in value.items():
        if name in types:
            assert _CHECKS[types[name]](one), f"{where}.{name} is {one!r}"
        elif name in documented.objects:
            check_json(documented.objects[name], one, where)
        elif name in documented.lists:
            assert isinstance(one, list), f"{where}.{name}"
            for item in one:
                check_json(documented.lists[name], item, where)
        else:
            assert name in documented.texts, f"{where}.{name} is not documented"
            assert all(isinstance(item, (str, int)) for item in one), f"{where}.{name}"


def check_xml(kind: str, element: ElementTree.Element, path: str = "") -> None:
    """Fail where an element is not as documented."""
    documented, where = DOCUMENTED[kind], f"{path}/{kind}"
    types = documented.types()
    inside = {documented.text, *documented.elements}
    there = (
        set(element.attrib) | {_tag(child) for child in element} | ({documented.text} if documented.text else set())
    )
    assert documented.required() <= there, f"{where} lacks {documented.required() - there}"
    for name, text in element.attrib.items():
        assert name in types, f"{where}@{name} is not documented"
        assert name not in inside, f"{where}@{name} is no attribute"
        assert _WRITTEN[types[name]].fullmatch(text), f"{where}@{name} is {text!r}"
    assert documented.text or not (element.text or "").strip(), f"{where} has a text"
    for child in element:
        name = _tag(child)
        if name in documented.objects or name in documented.lists:
            check_xml({**documented.objects, **documented.lists}[name], child, where)
        else:
            assert name in (*documented.texts, *documented.elements), f"{where}/{name} is not documented"
            assert not child.attrib, f"{where}/{name}"
            assert not len(child), f"{where}/{name}"


def _tag(element: ElementTree.Element) -> str:
    assert element.tag.startswith(NAMESPACE), element.tag
    return element.tag.removeprefix(NAMESPACE)


def as_xml_says(kind: str, value: Any) -> Any:
    """Return an object as XML can say it: texts alone, empty lists left out."""
    documented = DOCUMENTED[kind]
    said: dict[str, Any] = {}
    for name, one in value.items():
        if name in documented.objects:
            said[name] = [as_xml_says(documented.objects[name], one)]
        elif name in documented.lists:
            said[name] = [as_xml_says(documented.lists[name], item) for item in one]
        elif name in documented.texts:
            said[name] = [_text(item) for item in one]
        else:
            said[name] = _text(one)
    return {name: one for name, one in said.items() if one != []}


def from_xml(kind: str, element: ElementTree.Element) -> Any:
    """Return an element in the same form."""
    documented = DOCUMENTED[kind]
    said: dict[str, Any] = dict(element.attrib)
    if documented.text:
        said[documented.text] = element.text or ""
    for child in element:
        name = _tag(child)
        inside = {**documented.objects, **documented.lists}.get(name)
        if inside is not None:
            said.setdefault(name, []).append(from_xml(inside, child))
        elif name in documented.elements:
            said[name] = child.text or ""
        else:
            said.setdefault(name, []).append(child.text or "")
    return said


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
