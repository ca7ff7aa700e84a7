import pytest

from sarau.adapters.synth.harmony import at_or_above, frequency_hz, key_signature, read_chord


@pytest.mark.parametrize(
    ("pitch", "hertz"),
    [(69, 440.0), (60, 261.626), (57, 220.0), (81, 880.0), (64, 329.628), (21, 27.5), (108, 4186.01)],
)
def test_pitches_have_the_frequencies_of_equal_temperament(pitch: int, hertz: float) -> None:
    assert frequency_hz(pitch) == pytest.approx(hertz, abs=0.01)


@pytest.mark.parametrize(
    ("name", "bass", "tones"),
    [
        ("C", 0, (0, 4, 7)),
        ("Dm", 2, (2, 5, 9)),
        ("G7", 7, (7, 11, 2, 5)),
        ("Bb", 10, (10, 2, 5)),
        ("F#m7", 6, (6, 9, 1, 4)),
        ("E5", 4, (4, 11)),
        ("C/G", 7, (0, 4, 7)),
        ("Cb", 11, (11, 3, 6)),
        ("Bdim", 11, (11, 2, 5)),
    ],
)
def test_chord_symbols_are_read(name: str, bass: int, tones: tuple[int, ...]) -> None:
    assert read_chord(name) == (bass, tones)


@pytest.mark.parametrize("name", ["", "H", "c", "C9b5", "C/", "C/H", "Cmajor", "C ", "/G"])
def test_what_is_no_chord_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no chord we know"):
        read_chord(name)


@pytest.mark.parametrize(
    ("key", "altered"),
    [
        ("C", {}),
        ("Am", {}),
        ("G", {"F": 1}),
        ("D", {"F": 1, "C": 1}),
        ("F", {"B": -1}),
        ("Dm", {"B": -1}),
        ("Eb", {"B": -1, "E": -1, "A": -1}),
        ("F#m", {"F": 1, "C": 1, "G": 1}),
    ],
)
def test_keys_alter_the_letters_of_their_signature(key: str, altered: dict[str, int]) -> None:
    assert key_signature(key) == altered


@pytest.mark.parametrize("key", ["H", "", "c", "G minor", "Fb"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        key_signature(key)


@pytest.mark.parametrize(("pitch_class", "lowest", "found"), [(0, 52, 60), (4, 52, 52), (3, 52, 63), (11, 38, 47)])
def test_tones_are_found_close_above_the_lowest(pitch_class: int, lowest: int, found: int) -> None:
    assert at_or_above(pitch_class, lowest) == found
