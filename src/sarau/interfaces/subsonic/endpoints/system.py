"""Whether anybody is there, and what is spoken here."""

from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.structures.house import Extension, License, TokenInfo

EXTENSIONS = [
    Extension("apiKeyAuthentication", [1]),
    Extension("formPost", [1]),
    Extension("indexBasedQueue", [1]),
    Extension("playbackReport", [1]),
    Extension("songLyrics", [1, 2]),
    Extension("topSongsByArtistId", [1]),
    Extension("transcodeOffset", [1]),
    Extension("transcoding", [1]),
]


async def ping(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """That the proof is good."""
    return None


async def license_(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """That the house may be used."""
    return "license", License(valid=True)


async def token_info(call: Call) -> Answer:
    """Whose API key it is."""
    return "tokenInfo", TokenInfo(call.actor.username)


ENDPOINTS: dict[str, Endpoint] = {"ping": ping, "getLicense": license_, "tokenInfo": token_info}
