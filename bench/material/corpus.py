"""The tree that is scanned: thousands of tagged files of mixed formats in folders of artists and albums.

Each format is encoded once; every file gets a stamp in its coded sound, so that no two are the same recording.
"""

import io
import random
from pathlib import Path
from typing import Any

import numpy as np
from mutagen.ogg import OggPage
from PIL import Image
from tests.support.sound_tags import write_tags

from bench.context import Bench
from bench.material.kept import digest_of, kept
from bench.material.names import NamedAlbum, albums
from bench.material.sounds import encoded

SECONDS = 1.5
_SHARES = {".mp3": 35, ".flac": 30, ".m4a": 15, ".ogg": 10, ".opus": 10}
_FLAC_MD5_AT = 26  # in STREAMINFO, which is the first block (RFC 9639, section 8.2)
_EMBEDDED_SHARE = 0.1
_FOLDER_COVER_SHARE = 0.3
_COVER_PIXELS = 180


def corpus(bench: Bench) -> Path:
    """Return the tree, made if need be."""
    files = 1_000 if bench.quick else 10_000
    sources = [Path(__file__).with_name(name) for name in ("corpus.py", "names.py", "sounds.py")]
    return kept(bench, f"corpus-{files}", digest_of(sources), lambda folder: _make(folder, files))


def _make(folder: Path, files: int) -> None:
    chance = random.Random(21)
    sounds = {suffix: encoded(suffix, SECONDS) for suffix in _SHARES}
    suffixes, weights = list(_SHARES), list(_SHARES.values())
    number = 0
    for album in albums(files):
        suffix = chance.choices(suffixes, weights)[0]
        place = folder / _safe(album.artist) / f"{album.year} {_safe(album.title)}"
        place.mkdir(parents=True)
        picture = _picture(number) if chance.random() < _EMBEDDED_SHARE + _FOLDER_COVER_SHARE else None
        embeds = picture is not None and chance.random() < _EMBEDDED_SHARE / (_EMBEDDED_SHARE + _FOLDER_COVER_SHARE)
        if picture is not None and not embeds:
            (place / "cover.jpg").write_bytes(picture)
        for position, title in enumerate(album.tracks, 1):
            number += 1
            path = place / f"{position:02} {_safe(title)}{suffix}"
            path.write_bytes(stamped(sounds[suffix], suffix, number))
            _tag(path, album, position, picture if embeds else None)


def _safe(name: str) -> str:
    return name.replace("/", "-")


def _tag(path: Path, album: NamedAlbum, position: int, cover: bytes | None) -> None:
    write_tags(
        path,
        cover=cover,
        title=album.tracks[position - 1],
        artists=(album.track_artists[position - 1],),
        album=album.title,
        album_artists=(album.artist,),
        genres=(album.genre,),
        date=str(album.year),
        track_number=position,
        track_total=len(album.tracks),
        disc_number=1,
        compilation=album.is_compilation,
    )


def _picture(seed: int) -> bytes:
    """Return a picture of about 50 KB that is unlike all others."""
    noise = np.random.default_rng(seed).integers(0, 256, (_COVER_PIXELS, _COVER_PIXELS, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=88)
    return file.getvalue()


def stamped(sound: bytes, suffix: str, number: int) -> bytes:
    """Return a sound file whose coded sound holds a number, which makes it a recording of its own."""
    stamp = number.to_bytes(8, "big")
    if suffix in (".ogg", ".opus"):
        return _stamped_ogg(sound, stamp)
    at = _FLAC_MD5_AT if suffix == ".flac" else len(sound) // 2
    return sound[:at] + stamp + sound[at + len(stamp) :]


def _stamped_ogg(sound: bytes, stamp: bytes) -> bytes:
    """Write the stamp into every page of sound, whose checksums are made anew."""
    file = io.BytesIO(sound)
    pages: list[Any] = []
    page_in: Any = OggPage
    while file.tell() < len(sound):
        pages.append(page_in(file))
    for page in pages:
        if page.position > 0:
            page.packets = [packet[:-8] + stamp if len(packet) > 16 else packet for packet in page.packets]
    return b"".join(page.write() for page in pages)
