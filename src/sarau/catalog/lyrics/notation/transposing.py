"""Whole songs in other keys, with a capo, with easier chords, or with other names."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from sarau.catalog.lyrics.notation.chords import Chord, chord_name, parse_chord, simplified_chord
from sarau.catalog.lyrics.notation.keys import Accidentals, Key, fit, guess_key, key_name, note_names, parse_key
from sarau.catalog.lyrics.notation.notes import Naming, note_at_start
from sarau.catalog.lyrics.notation.song import ChordMark, Song

FURTHEST = 11  # semitones either way


def transposed_chord(chord: Chord, semitones: int, names: tuple[str, ...]) -> Chord:
    """Return a chord so many semitones higher, its notes called by the twelve names given."""
    root = (chord.root + semitones) % 12
    bass = None if chord.bass is None else (chord.bass + semitones) % 12
    bass_name = None if bass is None else names[bass]
    return replace(chord, root=root, root_name=names[root], bass=bass, bass_name=bass_name)


def chords_in(song: Song) -> Iterator[Chord]:
    """Return the chords of a song, in order."""
    for line in song.lines:
        for mark in line.chords:
            chord = None if mark.is_remark else parse_chord(mark.name)
            if chord is not None:
                yield chord


def key_of(song: Song) -> Key | None:
    """Return the key a song tells, else the one its chords suggest."""
    told = None if song.key is None else parse_key(song.key)
    return told or guess_key(chords_in(song))


def written_key(song: Song) -> Key | None:
    """Return the key of the chords as they are written.

    With a capo some sheets tell the key that sounds and others that of the shapes: whichever the chords fit.
    """
    told = key_of(song)
    if told is None or not song.capo:
        return told
    chords = list(chords_in(song))
    return max(told, told.moved(-song.capo), key=lambda key: fit(key, chords))


def transposed(song: Song, semitones: int, accidentals: Accidentals | None = None) -> Song:
    """Return a song so many semitones higher, -11 to 11, in sharps and flats as its new key has them or as forced.

    Raises ValueError for a distance beyond that.
    """
    if abs(semitones) > FURTHEST:
        raise ValueError(f"A song is transposed by at most {FURTHEST} semitones, not {semitones}")
    if semitones == 0 and accidentals is None:
        return song
    key = written_key(song)
    names = note_names(key.moved(semitones) if key else None, accidentals)
    moved = _with_chords(song, lambda chord: transposed_chord(chord, semitones, names))
    return replace(moved, key=_key_text(song, semitones, accidentals))


def with_capo(song: Song, fret: int) -> Song:
    """Return a song that sounds the same, its chords the shapes to be played with a capo at a fret, 0 for none.

    Raises ValueError for a fret beyond 11.
    """
    if not 0 <= fret <= FURTHEST:
        raise ValueError(f"A capo stands at a fret from 0 to {FURTHEST}, not {fret}")
    shapes = transposed(song, song.capo - fret)
    tells_sound = song.key is not None and written_key(song) != key_of(song)
    return replace(shapes, capo=fret, key=song.key if tells_sound else shapes.key)


def sounding(song: Song) -> Song:
    """Return a song with the chords that sound, for an instrument without a capo."""
    return with_capo(song, 0)


def simplified(song: Song) -> Song:
    """Return a song with triads and seventh chords only, nothing in the bass."""
    return _with_chords(song, simplified_chord)


def renamed(song: Song, naming: Naming) -> Song:
    """Return a song with its chords in letters, or in syllables."""
    key = parse_key(song.key) if song.key else None
    song = _with_chords(song, lambda chord: replace(chord, naming=naming))
    return replace(song, key=key_name(key, naming) if key else song.key)


def _key_text(song: Song, semitones: int, accidentals: Accidentals | None) -> str | None:
    """Return the key a song tells, moved, in the naming it is told in."""
    key = parse_key(song.key) if song.key else None
    note = note_at_start(song.key) if song.key else None
    if key is None or note is None:
        return song.key
    return key_name(key.moved(semitones), note[1], accidentals)


def _with_chords(song: Song, change: Callable[[Chord], Chord]) -> Song:
    lines = (replace(line, chords=_changed(line.chords, change)) if line.chords else line for line in song.lines)
    return replace(song, lines=tuple(lines))


def _changed(marks: tuple[ChordMark, ...], change: Callable[[Chord], Chord]) -> tuple[ChordMark, ...]:
    """Return marks with other names, moved right where a longer name would run into the next."""
    result: list[ChordMark] = []
    for index, mark in enumerate(marks):
        chord = None if mark.is_remark else parse_chord(mark.name)
        name = chord_name(change(chord)) if chord is not None else mark.name
        offset = mark.offset
        if result:
            before = marks[index - 1]
            touching = before.offset + len(before.name) == mark.offset and (before.is_remark or mark.is_remark)
            offset = max(offset, result[-1].offset + len(result[-1].name) + (0 if touching else 1))
        result.append(replace(mark, offset=offset, name=name))
    return tuple(result)
