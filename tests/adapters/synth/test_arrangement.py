from sarau.adapters.synth.arrangement import Sounding, arrange
from sarau.adapters.synth.catalogue import Arrangement, Format, Tune, Voice

LEAD, SECOND, CHORDS, BASS = Voice("flute"), Voice("reed"), Voice("nylon"), Voice("tuba")


def play(music: str, second_music: str | None = None, **how: object) -> list[Sounding]:
    arrangement = Arrangement(lead=LEAD, second=SECOND, chords=CHORDS, bass=BASS, **how)  # type: ignore[arg-type]
    tune = Tune(
        title="A tune",
        artists=("Somebody",),
        composers=(),
        genres=(),
        format=Format.WAV,
        music="M:4/4\nL:1/4\nQ:1/4=60\nK:C\n" + music,
        second_music="M:4/4\nL:1/4\nQ:1/4=60\nK:C\n" + second_music if second_music else None,
        arrangement=arrangement,
    )
    return sorted(arrange(tune), key=lambda s: (s.start_s, s.pitch))


def of(soundings: list[Sounding], voice: Voice) -> list[tuple[float, int]]:
    return [(round(s.start_s, 1), s.pitch) for s in soundings if s.voice == voice]


def test_the_lead_plays_the_melody_at_its_times() -> None:
    soundings = play("C2E2|G4|")
    assert of(soundings, LEAD) == [(0, 60), (2, 64), (4, 67)]
    assert [round(s.length_s, 1) for s in soundings] == [1.9, 1.9, 3.8]


def test_a_second_voice_plays_along() -> None:
    assert of(play("C4|", "E,2G,2|"), SECOND) == [(0, 52), (2, 55)]


def test_the_pattern_gives_bass_fifth_chord_and_single_tones_in_every_bar() -> None:
    soundings = play('"C"z4|z4|', pattern="B c b 1")
    assert of(soundings, BASS) == [(0, 48), (2, 43), (4, 48), (6, 43)]
    assert of(soundings, CHORDS) == [(1, 52), (1, 55), (1, 60), (3, 52), (5, 52), (5, 55), (5, 60), (7, 52)]


def test_numbers_beyond_the_chord_go_on_an_octave_higher() -> None:
    assert of(play('"C"z4|', pattern="1 2 3 4"), CHORDS) == [(0, 52), (1, 55), (2, 60), (3, 64)]


def test_every_chord_begins_with_its_bass_wherever_it_comes_and_ends_with_the_next() -> None:
    soundings = play('"C"z"F"z3/"G"z3/|', pattern="Bc . . .")
    assert of(soundings, BASS) == [(0, 48), (1, 41), (2.5, 43)]
    held = {round(s.start_s, 1): round(s.length_s, 1) for s in soundings if s.voice == BASS}
    assert held == {0: 1.0, 1: 1.0, 2.5: 1.0}


def test_the_upbeat_has_no_accompaniment_and_no_chord_means_silence() -> None:
    assert of(play('G|"C"c4|', pattern="B c b c"), BASS) == [(1, 48), (3, 43)]
    assert of(play("G4|", pattern="B c b c"), BASS) == []


def test_the_chord_over_another_bass_has_that_bass() -> None:
    assert of(play('"C/E"z4|', pattern="B"), BASS) == [(0, 40)]


def test_drums_follow_their_own_pattern() -> None:
    soundings = play("z4|z2", beats="k h s .")
    beats = [(s.start_s, s.voice.instrument) for s in soundings]
    assert beats == [(0, "drum"), (1, "shaker"), (2, "brush"), (4, "drum"), (5, "shaker")]


def test_the_first_beat_is_played_louder_than_the_others() -> None:
    loudness = [s.loudness for s in play("C D E/F/ G|")]
    assert loudness[0] > loudness[1] == loudness[2] > loudness[3]
