"""A house with a hundred thousand tracks, written straight into its database: real files would take an hour."""

import sqlite3
from pathlib import Path

TRACKS = 100_000
ALBUMS = TRACKS // 10
ARTISTS = TRACKS // 100
LIBRARY, ROOT, GENRE = 1, 1_000, 500
# Ids of rows begin here; artists' folders are told from albums' by where they begin.
TRACK, ALBUM, ARTIST, FOLDER, ARTIST_FOLDER = 10**7, 2 * 10**7, 3 * 10**7, 4 * 10**7, 5 * 10**7

_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})"
_LIBRARY = f"""
INSERT INTO libraries (id, name, kind, path, everyone, revision, created_at)
VALUES ({LIBRARY}, 'Large', 'folder', '/nowhere', 1, 1, 0);
INSERT INTO genres (id, name, sort) VALUES ({GENRE}, 'Every', 'every');
INSERT INTO genre_counts VALUES ({GENRE}, {LIBRARY}, {ALBUMS}, {TRACKS});
INSERT INTO folders (id, library_id, parent_id, path, name, sort, sidecars)
VALUES ({ROOT}, {LIBRARY}, NULL, x'', 'Large', 'large', '');
"""
_ARTISTS = f"""
INSERT INTO artists (id, name, key, apart, sort)
{_NUMBERS.format(count=ARTISTS)} SELECT {ARTIST} + n, printf('Artist %04d', n), printf('artist %04d', n), '',
printf('artist %04d', n) FROM numbers;
INSERT INTO artist_counts (artist_id, library_id, album_count, track_count)
{_NUMBERS.format(count=ARTISTS)} SELECT {ARTIST} + n, {LIBRARY}, 10, 100 FROM numbers;
INSERT INTO folders (id, library_id, parent_id, path, name, sort, sidecars)
{_NUMBERS.format(count=ARTISTS)} SELECT {ARTIST_FOLDER} + n, {LIBRARY}, {ROOT},
CAST(printf('%04d', n) AS BLOB), printf('Artist %04d', n), printf('artist %04d', n), '' FROM numbers;
"""
_ALBUMS = f"""
INSERT INTO albums (id, library_id, key, title, sort, artist, artist_sort, artists, from_tracks, year, compilation,
track_count, disc_count, duration_ms, added_at, shuffle)
{_NUMBERS.format(count=ALBUMS)} SELECT {ALBUM} + n, {LIBRARY}, printf('%05d', n), printf('Album %05d', n),
printf('album %05d', n), printf('Artist %04d', n / 10), printf('artist %04d', n / 10),
printf('[{{"id":"%016x","name":"Artist %04d"}}]', {ARTIST} + n / 10, n / 10), 0, 1950 + n % 70, 0,
10, 1, 1800000, n * 1000, n * 7919 % 1000003 FROM numbers;
INSERT INTO album_artists {_NUMBERS.format(count=ALBUMS)} SELECT {ALBUM} + n, 0, {ARTIST} + n / 10 FROM numbers;
INSERT INTO folders (id, library_id, parent_id, path, name, sort, sidecars)
{_NUMBERS.format(count=ALBUMS)} SELECT {FOLDER} + n, {LIBRARY}, {ARTIST_FOLDER} + n / 10,
CAST(printf('%04d/%05d', n / 10, n) AS BLOB), printf('Album %05d', n), printf('album %05d', n), '' FROM numbers;
"""
_TRACKS = f"""
INSERT INTO tracks (id, library_id, folder_id, album_id, available, title, sort, artist, artist_sort, artists, genres,
year, disc_number, track_number, place, duration_ms, codec, media_type, bitrate_kbps, sample_rate_hz, bit_depth,
channels, size_bytes, added_at, shuffle)
{_NUMBERS.format(count=TRACKS)} SELECT {TRACK} + n, {LIBRARY}, {FOLDER} + n / 10, {ALBUM} + n / 10, 1,
printf('Track %06d', n), printf('track %06d', n), printf('Artist %04d', n / 100), printf('artist %04d', n / 100),
printf('[{{"id":"%016x","name":"Artist %04d"}}]', {ARTIST} + n / 100, n / 100), '["Every"]', 1950 + n / 10 % 70,
1, n % 10 + 1, 100001 + n % 10, 180000, 'flac', 'audio/flac', 900, 44100, 16, 2, 20000000, n * 100,
n * 7919 % 1000003 FROM numbers;
INSERT INTO track_artists
{_NUMBERS.format(count=TRACKS)} SELECT {TRACK} + n, 'artist', 0, {ARTIST} + n / 100 FROM numbers;
INSERT INTO track_genres {_NUMBERS.format(count=TRACKS)} SELECT {TRACK} + n, {GENRE} FROM numbers;
ANALYZE;
"""


def fill(database: Path) -> None:
    """Write a library of artists of ten albums of ten tracks each into a migrated SQLite database."""
    connection = sqlite3.connect(database, timeout=30)
    try:
        connection.executescript(f"BEGIN; {_LIBRARY} {_ARTISTS} {_ALBUMS} {_TRACKS} COMMIT;")
    finally:
        connection.close()


def text_of(number: int) -> str:
    """Return an id as addresses have it."""
    return f"{number:016x}"
