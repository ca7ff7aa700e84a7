"""Cues as messages."""

from sarau.catalog.lyrics.following import Jumped
from sarau.catalog.lyrics.schemas import ChordCue, Cue, SectionCue, TimedLine
from sarau.interfaces.grpc.stubs.sarau.v1 import lyrics_pb2


def cue_message(cue: Cue | Jumped) -> lyrics_pb2.Cue:
    """Return the message that tells a cue, or a jump."""
    if isinstance(cue, Jumped):
        reset = lyrics_pb2.Reset(track_id=cue.track_id, position_ms=cue.position_ms)
        return lyrics_pb2.Cue(start_ms=cue.position_ms, end_ms=cue.position_ms, reset=reset)
    if isinstance(cue.kind, TimedLine):
        return lyrics_pb2.Cue(start_ms=cue.start_ms, end_ms=cue.end_ms, line=_line(cue.kind))
    if isinstance(cue.kind, ChordCue):
        return lyrics_pb2.Cue(start_ms=cue.start_ms, end_ms=cue.end_ms, chord=_chord(cue.kind))
    return lyrics_pb2.Cue(start_ms=cue.start_ms, end_ms=cue.end_ms, section=_section(cue.kind))


def _chord(chord: ChordCue) -> lyrics_pb2.Chord:
    return lyrics_pb2.Chord(name=chord.name, line_index=chord.line_index, column=chord.column)


def _section(section: SectionCue) -> lyrics_pb2.Section:
    return lyrics_pb2.Section(name=section.name)


def _line(line: TimedLine) -> lyrics_pb2.Line:
    words = [lyrics_pb2.Word(start_ms=word.start_ms, end_ms=word.end_ms, text=word.text) for word in line.words]
    chords = [
        lyrics_pb2.PlacedChord(name=chord.name, column=chord.column, start_ms=chord.start_ms)
        for chord in line.chords
        if not chord.remark and chord.start_ms is not None
    ]
    return lyrics_pb2.Line(index=line.index, text=line.text, words=words, chords=chords)
