"""The services, one file each: they translate, and decide nothing."""

import grpc

from sarau.interfaces.grpc.context import Surroundings
from sarau.interfaces.grpc.services import audio, auth, file, legacy_sync, lyrics, playback, sync

# Each registers itself and returns its full name.
_SERVICES = (
    audio.register,
    auth.register,
    file.register,
    legacy_sync.register,
    lyrics.register,
    playback.register,
    sync.register,
)


def register_all(server: grpc.aio.Server, surroundings: Surroundings) -> list[str]:
    """Register every service and return their full names."""
    return [register(server, surroundings) for register in _SERVICES]
