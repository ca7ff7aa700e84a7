"""Digests that tell recordings apart and stay when tags, names or places change.

A digest covers the kind of sound, the length of its coded bytes and a few samples of them, always at the same places:

* MP3, ADTS, Monkey's Audio, WavPack: the bytes between the tags at both ends (ID3v2 before; APEv2 and ID3v1 behind).
* FLAC: the MD5 of the decoded sound that its header holds; where the encoder left it out, the bytes behind the
  metadata blocks.
* WAV, AIFF: the bytes of the chunk with the samples; chunks with tags lie before or behind it.
* MP4: the bytes of all `mdat` atoms as if they followed each other; a tagger moves the atoms, not what is in them.
* WMA: the data object, which a tagger moves as a whole.
* Ogg: the payload of some pages behind the headers, without the page headers: bigger comments need more pages, and
  all later pages get new numbers and checksums. The length is that in samples, from the last page.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from sarau.adapters.mutagen.source import Source
from sarau.foundation.media.formats import Codec

SAMPLE_BYTES = 2048
_DIGEST_BYTES = 16
# Beginnings and ends are silent in many recordings: there is a sample at each quarter of the sound, too.
PARTS = 4

Regions = Sequence[tuple[int, int]]


def digest(codec: Codec, length: int, samples: Iterable[bytes]) -> str:
    """Return the digest of samples of a sound of a length, in hexadecimal digits."""
    state = blake2b(f"{codec}:{length}:".encode(), digest_size=_DIGEST_BYTES)
    for sample in samples:
        state.update(sample)
    return state.hexdigest()


def digest_of_regions(source: Source, codec: Codec, regions: Regions) -> str:
    """Return the digest of the bytes in some regions (start, end) of a file, taken as one after another."""
    length = sum(end - start for start, end in regions)
    last = max(0, length - SAMPLE_BYTES)
    places = sorted({last * part // PARTS for part in range(PARTS + 1)})
    return digest(codec, length, (_bytes_at(source, regions, place) for place in places))


def _bytes_at(source: Source, regions: Regions, place: int) -> bytes:
    """Return a sample from a place counted through all regions; it may go on in the next ones."""
    sample = b""
    for start, end in regions:
        if place >= end - start:
            place -= end - start
            continue
        sample += source.at(start + place, min(SAMPLE_BYTES - len(sample), end - start - place))
        if len(sample) >= SAMPLE_BYTES:
            break
        place = 0
    return sample
