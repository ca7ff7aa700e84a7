"""From a score to what each instrument plays when: melody, bass, chords and drums."""

from bisect import bisect_right
from fractions import Fraction
from typing import NamedTuple

from sarau.adapters.synth.catalogue import Tune, Voice
from sarau.adapters.synth.harmony import ChordTones, at_or_above, read_chord
from sarau.adapters.synth.score import Score

LOWEST_BASS = 38
LOWEST_CHORD = 52
STRUM_S = 0.014
# A tenth of a beat of silence keeps repeated notes of a sustained instrument apart.
_DETACHED = 0.94


class Sounding(NamedTuple):
    """A tone to be made: when it begins and how long it is held (seconds), MIDI pitch, loudness (0 to 1), player."""

    start_s: float
    length_s: float
    pitch: int
    loudness: float
    voice: Voice


class _Step(NamedTuple):
    """One step of a bar's pattern, in whole notes, and the chord sounding at it."""

    onset: Fraction
    length: Fraction
    actions: str
    stress: float


def arrange(tune: Tune) -> list[Sounding]:
    """Return everything that sounds in a tune."""
    score, how = tune.score, tune.arrangement
    soundings = _melody(score, how.lead)
    if how.second is not None and tune.second_score is not None:
        soundings += _melody(tune.second_score, how.second)
    for step in _following_chords(score, _steps(score, how.pattern), how.pattern.split()[0]):
        chord = _chord_at(score, step.onset)
        if chord is not None:
            soundings += _accompany(tune, step, chord)
    for step in _steps(score, how.beats):
        start = score.seconds(step.onset)
        drums = {"k": Voice("drum", how.drums_gain), "s": Voice("brush", how.drums_gain, 0.2)}
        drums["h"] = Voice("shaker", how.drums_gain, -0.35)
        soundings += [Sounding(start, 0.2, 0, step.stress, drums[action]) for action in step.actions]
    return soundings


def _melody(score: Score, voice: Voice) -> list[Sounding]:
    """Return the notes of a voice, those on the beat a little louder than those between."""
    soundings = []
    for note in score.notes:
        length = score.seconds(note.length) * _DETACHED
        stress = _stress(score, note.onset)
        soundings.append(Sounding(score.seconds(note.onset), length, note.pitch + voice.transpose, stress, voice))
    return soundings


def _stress(score: Score, onset: Fraction) -> float:
    bar = bisect_right(score.bars, onset) - 1
    place = onset - score.bars[bar] if bar >= 0 else onset - score.bars[0] + Fraction(*score.meter)
    if not place:
        return 1.0
    return 0.9 if place % score.beat == 0 else 0.8


def _steps(score: Score, pattern: str) -> list[_Step]:
    """Lay a pattern over every whole bar; the silent steps are left out."""
    actions = pattern.split()
    measure = Fraction(*score.meter)
    steps = []
    for bar, end in zip(score.bars, (*score.bars[1:], score.length), strict=True):
        step = measure / len(actions)
        for index, action in enumerate(actions):
            onset = bar + index * step
            if action != "." and onset < end:
                steps.append(_Step(onset, step, action, 0.85 if index else 1.0))
    return steps


def _following_chords(score: Score, steps: list[_Step], opening: str) -> list[_Step]:
    """Let every chord begin with its bass, also between the steps of the pattern, and end when the next begins."""
    by_onset = {step.onset: step for step in steps}
    for chord in score.chords:
        here = by_onset.get(chord.onset)
        if here is None:
            by_onset[chord.onset] = _Step(chord.onset, score.beat, opening, 0.9)
        elif "B" not in here.actions:
            by_onset[chord.onset] = here._replace(actions="B" + here.actions.replace("b", ""))
    changes = [chord.onset for chord in score.chords] + [score.length]
    followed = []
    for onset, step in sorted(by_onset.items()):
        end = changes[bisect_right(changes, onset)] if onset < score.length else onset
        followed.append(step._replace(length=min(step.length, end - onset)))
    return followed


def _chord_at(score: Score, time: Fraction) -> ChordTones | None:
    index = bisect_right(score.chords, time, key=lambda chord: chord.onset) - 1
    return read_chord(score.chords[index].name) if index >= 0 else None


def _accompany(tune: Tune, step: _Step, chord: ChordTones) -> list[Sounding]:
    """Return what the chord and bass players do at one step."""
    score, how = tune.score, tune.arrangement
    start = score.seconds(step.onset)
    length = score.seconds(step.length)
    soundings = []
    low = [pitch for action in step.actions if (pitch := _bass_pitch(action, chord)) is not None]
    if how.bass is not None:
        soundings += [Sounding(start, length, p + how.bass.transpose, step.stress, how.bass) for p in low]
    if how.chords is not None:
        for action in step.actions:
            for index, pitch in enumerate(_chord_pitches(action, chord)):
                at = start + (index * STRUM_S if action == "c" else 0)
                moved = pitch + how.chords.transpose
                soundings.append(Sounding(at, length * 1.4, moved, step.stress, how.chords))
    return soundings


def _bass_pitch(action: str, chord: ChordTones) -> int | None:
    if action == "B":
        return at_or_above(chord.bass, LOWEST_BASS)
    if action == "b":
        return at_or_above(chord.tones[min(2, len(chord.tones) - 1)], LOWEST_BASS - 5)
    return None


def _chord_pitches(action: str, chord: ChordTones) -> list[int]:
    """Return the tones of a chord close together, upwards, or one of them by its number."""
    pitches = sorted(at_or_above(tone, LOWEST_CHORD) for tone in chord.tones)
    if action == "c":
        return pitches
    if action.isdigit():
        place = int(action) - 1
        return [pitches[place % len(pitches)] + 12 * (place // len(pitches))]
    return []
