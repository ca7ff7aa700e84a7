"""MP4 with AAC, ALAC and others, and its iTunes tags (ISO/IEC 14496-12 and -14, QuickTime File Format)."""

from typing import NamedTuple

from sarau.adapters.mutagen.fingerprint import digest_of_regions
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.mp4_atoms import Atom, atoms, file_atoms, find
from sarau.adapters.mutagen.mp4_tags import read_items
from sarau.adapters.mutagen.source import MAX_PIECE_BYTES, Source
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

_CODECS = {b"mp4a": Codec.AAC, b"alac": Codec.ALAC, b"fLaC": Codec.FLAC, b"Opus": Codec.OPUS, b".mp3": Codec.MP3}
_PROTECTED = (b"drms", b"enca")
_MP3_OBJECT_TYPES = (0x69, 0x6B)
_UNKNOWN = (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_ENTRY_BYTES = 28  # of a sound's entry, before the atoms in it
_MORE_ENTRY_BYTES = {1: 16, 2: 36}  # in versions of QuickTime
_ES_DESCRIPTOR, _DECODER_CONFIG = 3, 4
_COOKIE_BYTES = 28


class Entry(NamedTuple):
    """How the samples of a sound track are coded."""

    codec: Codec
    channels: int
    sample_rate_hz: int
    bit_depth: int | None


def read_mp4(source: Source, start: int, _end: int) -> Found:
    """Read an MP4 file whose first atom begins at `start`."""
    index, sounds = None, []
    for atom in file_atoms(source, start):
        if atom.name == b"moov" and index is None:
            index = atom
        elif atom.name == b"mdat" and atom.end > atom.start:
            sounds.append((atom.start, atom.end))
    if index is None:
        raise UnreadableSound("not a whole MP4 file: its index (moov) is missing")
    if index.end - index.start > MAX_PIECE_BYTES:
        raise UnreadableSound("its MP4 index is too large to be true")
    data = source.at(index.start, index.end - index.start)
    root = Atom(b"moov", 0, len(data))
    track = _sound_track(data, root)
    rate, seconds = _duration(data, root, track)
    entry = _entry(data, track, rate)
    if not sounds:
        raise UnreadableSound("no sound behind the MP4 headers")
    if not (entry.channels and entry.sample_rate_hz):
        raise UnreadableSound("its MP4 headers name no channels or sample rate")
    words = Words()
    _read_tags(data, root, words)
    found = properties(
        entry.codec,
        seconds=seconds,
        sound_bytes=sum(end - start for start, end in sounds),
        sample_rate_hz=entry.sample_rate_hz,
        channels=entry.channels,
        bit_depth=entry.bit_depth,
    )
    return Found(found, words, digest_of_regions(source, entry.codec, sounds))


def _sound_track(data: bytes, root: Atom) -> Atom:
    """Return the first track of sound; raises UnreadableSound if there are only pictures or none."""
    for track in atoms(data, root.start, root.end):
        if track.name == b"trak":
            handler = find(data, track, b"mdia", b"hdlr")
            if handler and data[handler.start + 8 : handler.start + 12] == b"soun":
                return track
    raise UnreadableSound("no track of sound in this MP4 file")


def _duration(data: bytes, root: Atom, track: Atom) -> tuple[int, float]:
    """Return units of time in a second and the duration in seconds, 0 if unknown."""
    units = 0
    for atom in (find(data, track, b"mdia", b"mdhd"), find(data, root, b"mvhd")):
        if atom is None or atom.end - atom.start < 20:
            continue
        at = atom.start + (20 if data[atom.start] == 1 else 12)
        scale = int.from_bytes(data[at : at + 4], "big")
        length = int.from_bytes(data[at + 4 : at + (12 if data[atom.start] == 1 else 8)], "big")
        units = units or scale
        if scale and length and length not in _UNKNOWN:
            return units, length / scale
    return units, 0.0


def _entry(data: bytes, track: Atom, time_scale: int) -> Entry:
    """Return how a track is coded; raises UnreadableSound if we do not know the code."""
    table = find(data, track, b"mdia", b"minf", b"stbl", b"stsd")
    entry = next(atoms(data, table.start + 8, table.end), None) if table else None
    if entry is None or entry.end - entry.start < _ENTRY_BYTES:
        raise UnreadableSound("its MP4 headers do not say how the sound is coded")
    if entry.name in _PROTECTED:
        raise UnreadableSound("the sound is encrypted (copy protection)")
    codec = _CODECS.get(entry.name)
    if codec is None:
        raise UnreadableSound(f"sound coded as {entry.name.decode('latin-1')!r} is not supported")
    head = data[entry.start : entry.start + _ENTRY_BYTES]
    version, channels, bits = (int.from_bytes(head[at : at + 2], "big") for at in (8, 16, 18))
    # Rates above 65,535 Hz do not fit; sound tracks count their time in samples.
    rate = int.from_bytes(head[24:26], "big") or time_scale
    inner = Atom(entry.name, entry.start + _ENTRY_BYTES + _MORE_ENTRY_BYTES.get(version, 0), entry.end)
    if codec is Codec.ALAC:
        return _alac_entry(data, inner) or Entry(codec, channels, rate, bits)
    if codec is Codec.AAC and _object_type(data, inner) in _MP3_OBJECT_TYPES:
        codec = Codec.MP3
    return Entry(codec, channels, rate, bits if codec is Codec.FLAC else None)


def _alac_entry(data: bytes, inner: Atom) -> Entry | None:
    """Return what the decoder's own header says, which is right where the entry has 44,100 Hz and 16 bits."""
    cookie = find(data, inner, b"alac") or find(data, inner, b"wave", b"alac")
    if cookie is None or cookie.end - cookie.start < _COOKIE_BYTES:
        return None
    content = data[cookie.start : cookie.start + _COOKIE_BYTES]
    return Entry(Codec.ALAC, content[13], int.from_bytes(content[24:28], "big"), content[9])


def _object_type(data: bytes, inner: Atom) -> int | None:
    """Return the kind of code an `esds` atom names (ISO/IEC 14496-1), or None."""
    atom = find(data, inner, b"esds") or find(data, inner, b"wave", b"esds")
    if atom is None:
        return None
    content = data[atom.start : atom.end][:200]
    at = _descriptor(content, 4, _ES_DESCRIPTOR)
    if at is None or at + 3 > len(content):
        return None
    flags = content[at + 2]
    at += 3 + (2 if flags & 0x80 else 0)
    if flags & 0x40:
        at += 1 + (content[at] if at < len(content) else 0)
    at = _descriptor(content, at + (2 if flags & 0x20 else 0), _DECODER_CONFIG)
    return content[at] if at is not None and at < len(content) else None


def _descriptor(content: bytes, at: int, tag: int) -> int | None:
    """Return where the content of the descriptor at this place begins, if it is of this kind."""
    if at >= len(content) or content[at] != tag:
        return None
    for length in range(1, 5):
        if at + length < len(content) and not content[at + length] & 0x80:
            return at + length + 1
    return None


def _read_tags(data: bytes, root: Atom, words: Words) -> None:
    """Add what the iTunes tags say."""
    meta = find(data, root, b"udta", b"meta")
    if meta is None:
        return
    # In QuickTime, unlike MP4, the atom has no version in front.
    skipped = 0 if data[meta.start + 4 : meta.start + 8] == b"hdlr" else 4
    items = find(data, Atom(meta.name, meta.start + skipped, meta.end), b"ilst")
    if items is not None:
        read_items(data, items, words)
