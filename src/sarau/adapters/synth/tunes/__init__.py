"""The tunes of the demo library: all of them traditional, or by composers whose works are in the public domain."""

from sarau.adapters.synth.catalogue import Album
from sarau.adapters.synth.tunes import bandstand, classics, fireside, lullabies, ring_songs

ALBUMS: tuple[Album, ...] = (
    ring_songs.ALBUM,
    lullabies.ALBUM,
    classics.ALBUM,
    fireside.ALBUM,
    bandstand.ALBUM,
)
