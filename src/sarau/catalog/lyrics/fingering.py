"""Chord diagrams as they are drawn: pure thinking."""

from sarau.catalog.lyrics.errors import ChordNotFound
from sarau.catalog.lyrics.notation.chords import parse_chord
from sarau.catalog.lyrics.notation.diagrams import TUNINGS, Fingering, fingerings
from sarau.catalog.lyrics.notation.notes import SHARP_NAMES
from sarau.catalog.lyrics.schemas import ChordDiagram, ChordDiagrams, Instrument

_DRAWN = 4  # frets; what reaches beyond is drawn from where it begins


def diagrams_of(name: str, instrument: Instrument) -> ChordDiagrams:
    """Return up to three ways to hold a chord, the most usual first; raises ChordNotFound."""
    chord = parse_chord(name)
    if chord is None:
        raise ChordNotFound
    strings = [SHARP_NAMES[note % 12] for note in TUNINGS[instrument]]
    return ChordDiagrams(name, instrument, strings, [_drawn(way) for way in fingerings(chord, instrument)])


def _drawn(way: Fingering) -> ChordDiagram:
    highest = max((fret for fret in way.frets if fret), default=0)
    return ChordDiagram(
        frets=[-1 if fret is None else fret for fret in way.frets],
        base_fret=1 if highest <= _DRAWN else way.position,
        fingers=list(way.fingers),
        barre=way.barre.fret if way.barre else None,
    )
