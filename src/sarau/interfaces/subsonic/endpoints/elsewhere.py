"""What is not done here: videos, sound out of the server's own loudspeakers; and chat, which is still to come."""

from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_ALLOWED, NOT_FOUND, Refused
from sarau.interfaces.subsonic.structures.house import Empty


async def videos(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """None."""
    return "videos", Empty()


async def no_video(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """There is no such video."""
    raise Refused(NOT_FOUND, "There are no videos here.")


async def no_jukebox(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """The server has no loudspeakers."""
    raise Refused(NOT_ALLOWED, "This house has no jukebox: sound comes out of people's own players.")


async def chat_messages(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """None yet."""
    return "chatMessages", Empty()


async def no_chat(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """Nobody would read it."""
    raise Refused(NOT_ALLOWED, "There is no chat in this house yet.")


ENDPOINTS: dict[str, Endpoint] = {
    "getVideos": videos,
    "getVideoInfo": no_video,
    "getCaptions": no_video,
    "hls": no_video,
    "hls.m3u8": no_video,
    "jukeboxControl": no_jukebox,
    "getChatMessages": chat_messages,
    "addChatMessage": no_chat,
}
