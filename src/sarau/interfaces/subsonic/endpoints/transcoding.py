"""Encoding anew for apps that say what they can play."""

import msgspec
from starlette.responses import PlainTextResponse

from sarau.catalog.library.queries import pages
from sarau.foundation.errors import DomainError, Limited, NotFound
from sarau.foundation.media.transcoding import Encoding, Target
from sarau.interfaces.subsonic.asking import read_body
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.deciding import ClientInfo, decide
from sarau.interfaces.subsonic.endpoints.media import deliver, file_of
from sarau.interfaces.subsonic.errors import NOT_FOUND, Missing, Refused
from sarau.interfaces.subsonic.names import Kind, id_of
from sarau.interfaces.subsonic.structures.house import TranscodeDecision

_MOST_BYTES = 256 << 10
_PURPOSE = "transcode"
_clients = msgspec.json.Decoder(ClientInfo)


async def decision(call: Call) -> Answer:
    """Whether an app can play a song as it is, and what it is given else."""
    track_id = id_of(call.asked.needed("mediaId"), Kind.SONG)
    call.require_song()
    if call.request.method != "POST":
        raise Missing("body", "what the app can play is needed, by POST")
    try:
        client = _clients.decode(await read_body(call.request, _MOST_BYTES))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Missing("body", str(error)) from error
    view = await call.view()
    async with call.reading() as reader:
        track = await pages.track(reader, view, track_id)
    found = decide(track, client)
    return "transcodeDecision", TranscodeDecision(
        can_direct_play=not found.reasons,
        can_transcode=found.target is not None,
        transcode_reason=found.reasons,
        error_reason="" if not found.reasons or found.target else "No transcoding profile can be fulfilled",
        transcode_params=_params(call, track_id, found.target, found.bitrate_kbps) if found.target else None,
        source_stream=found.source,
        transcode_stream=found.stream,
    )


def _params(call: Call, track_id: str, target: Target, kbps: int | None) -> str:
    """Return what the app hands back: signed, so that it is ours and for this song."""
    wish = f"{target}-{kbps or 0}"
    return f"{wish}-{call.home.signer.sign(_PURPOSE, f'{track_id} {wish}')}"


def _encoding(call: Call, track_id: str, start_ms: int) -> Encoding:
    target, _, rest = call.asked.needed("transcodeParams").partition("-")
    kbps, _, signature = rest.partition("-")
    if not call.home.signer.good(_PURPOSE, f"{track_id} {target}-{kbps}", signature):
        raise Missing("transcodeParams", "these are not of our making, or for another song")
    return Encoding(Target(target), int(kbps) or None, start_ms)


async def stream(call: Call) -> Answer:
    """A song, encoded as was decided; what goes wrong has a status of HTTP here."""
    try:
        track_id = id_of(call.asked.needed("mediaId"), Kind.SONG)
        call.require_song()
        file = await file_of(call, track_id)
        start_ms = 1_000 * call.asked.number("offset", 0, 0, 7 * 86_400)
        encoding = _encoding(call, track_id, min(start_ms, max(0, file.duration_ms - 1)))
        return await deliver(call, file, encoding)
    except Refused as error:
        return PlainTextResponse(error.failure.message, 404 if error.failure.code == NOT_FOUND else 400)
    except DomainError as error:
        status = 404 if isinstance(error, NotFound) else 429 if isinstance(error, Limited) else 503
        return PlainTextResponse(error.text, status)


ENDPOINTS: dict[str, Endpoint] = {"getTranscodeDecision": decision, "getTranscodeStream": stream}
