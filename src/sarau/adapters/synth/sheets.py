"""Song sheets from a score: timed lyrics (LRC) and chords over words (ChordPro 6).

Both are read off the notes that are played, so they cannot disagree with the recording.
"""

from collections.abc import Iterator
from itertools import groupby

from sarau.adapters.synth.catalogue import Album, Tune
from sarau.adapters.synth.score import Chord, Passage, Score, Syllable

_CHORUS = "C"


def lrc(album: Album, tune: Tune, seconds: float, *, word_times: bool) -> str:
    """Return the words with the time of every line, and in the enhanced form of every word."""
    score = tune.score
    lines = [
        f"[ti:{tune.title}]",
        f"[ar:{', '.join(tune.artists)}]",
        f"[al:{album.title}]",
        f"[length:{round(seconds) // 60:02d}:{round(seconds) % 60:02d}]",
        "[by:Sarau]",
        "",
    ]
    for passage in _sung(score):
        words = list(_words(passage))
        text = " ".join(_text(word) for word in words)
        if word_times:
            text = " ".join(f"<{_clock(score.seconds(word[0].onset))}>{_text(word)}" for word in words)
            text += f" <{_clock(score.seconds(words[-1][-1].end))}>"
        lines.append(f"[{_clock(score.seconds(passage.syllables[0].onset))}]{text}")
    return "\n".join(lines) + "\n"


def plain_lyrics(tune: Tune) -> str:
    """Return the words alone, a verse after the other."""
    verses = []
    for _, passages in groupby(_sung(tune.score), key=lambda passage: passage.turn):
        verses.append("\n".join(" ".join(_text(word) for word in _words(passage)) for passage in passages))
    return "\n\n".join(verses)


def chordpro(album: Album, tune: Tune) -> str:
    """Return the chords over the syllables they are played at, section by section, played parts included."""
    score = tune.score
    lines = [
        f"{{title: {tune.title}}}",
        f"{{artist: {', '.join(tune.artists)}}}",
        f"{{composer: {', '.join(tune.composers)}}}",
        f"{{album: {album.title}}}",
        f"{{key: {score.key}}}",
        f"{{tempo: {score.tempo}}}",
        f"{{time: {score.meter[0]}/{score.meter[1]}}}",
    ]
    for _, turn in groupby(score.passages, key=lambda passage: passage.turn):
        lines += ["", *_section(score, list(turn))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(score: Score, passages: list[Passage]) -> list[str]:
    """Return the lines of one part of the song, as a verse, a chorus, or the chords alone where nobody sings."""
    if not any(passage.syllables for passage in passages):
        chords = " ".join(f"[{chord.name}]" for passage in passages for chord in _chords(score, passage))
        return ["{comment: Instrumental}", chords] if chords else []
    kind = "chorus" if passages[0].part == _CHORUS else "verse"
    lines = [_chord_line(score, passage) for passage in passages]
    return [f"{{start_of_{kind}}}", *lines, f"{{end_of_{kind}}}"]


def _sung(score: Score) -> Iterator[Passage]:
    return (passage for passage in score.passages if passage.syllables)


def _words(passage: Passage) -> Iterator[list[Syllable]]:
    word: list[Syllable] = []
    for syllable in passage.syllables:
        word.append(syllable)
        if syllable.ends_word:
            yield word
            word = []
    if word:
        yield word


def _text(word: list[Syllable]) -> str:
    return "".join(syllable.text for syllable in word)


def _chords(score: Score, passage: Passage) -> list[Chord]:
    return [chord for chord in score.chords if passage.onset <= chord.onset < passage.end]


def _chord_line(score: Score, passage: Passage) -> str:
    """Return a line of words, each chord before the syllable it is played with, or after the one it changes under."""
    waiting = _chords(score, passage)
    line = ""
    for syllable in passage.syllables:
        while waiting and waiting[0].onset <= syllable.onset:
            line += f"[{waiting.pop(0).name}]"
        line += syllable.text
        line += " " if syllable.ends_word else ""
        while waiting and waiting[0].onset < syllable.end:
            line += f"[{waiting.pop(0).name}]" + (" " if syllable.ends_word else "")
    return line + " ".join(f"[{chord.name}]" for chord in waiting)


def _clock(seconds: float) -> str:
    """Return minutes, seconds and hundredths as LRC writes them: 01:02.03."""
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"
