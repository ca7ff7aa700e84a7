"""Sunday afternoon at the keyboard: Bach (1685-1750), Petzold (1677-1733) and Beethoven (1770-1827)."""

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice

_ARTIST = "Teclas de Domingo"
_BEETHOVEN = ("Ludwig van Beethoven",)
_GENRES = ("Clássica",)

# The first nineteen bars, each given by its five notes: every half bar plays them as 1 2 3 4 5 3 4 5.
_PRELUDE_BARS = (
    "C E G c e", "C D A d f", "B, D G d f", "C E G c e", "C E A e a", "C D ^F A d", "B, D G d g",
    "B, C E G c", "A, C E G c", "D, A, D ^F c", "G, B, D G B", "G, _B, E G ^c", "F, A, D A d",
    "F, _A, D F B", "E, G, C G c", "E, F, A, C F", "D, F, A, C F", "G,, D, G, B, F", "C, E, G, C E",
)  # fmt: skip


def _broken_chords(bars: tuple[str, ...]) -> str:
    """Write out the figure of every bar."""
    lines = []
    for bar in bars:
        first, second, *rest = bar.split()
        figure = "".join((first, second, *rest, *rest))
        lines.append(f"{figure}{figure}|")
    return "\n".join(lines)


_PRELUDE = f"""
M:4/4
L:1/16
Q:1/4=86
K:C
{_broken_chords(_PRELUDE_BARS)}
C,2G,2C2E2G2c6|
"""

_MINUET = """
M:3/4
L:1/8
Q:1/4=132
P:AB
K:G
P:A
d2GABc|d2G2G2|e2cdef|g2G2G2|c2dcBA|B2cBAG|F2GABG|A6|
d2GABc|d2G2G2|e2cdef|g2G2G2|c2dcBA|B2cBAG|A2BAGF|G6|
P:B
b2gabg|a2defd|g2efgd|^c2B^cA2|AB^cdef|g2f2e2|f2A2^c2|d6|
d2GFG2|e2GFG2|d2c2B2|AGFGA2|DEFGAB|c2B2A2|BdG2F2|G6|
"""
_MINUET_LEFT = """
M:3/4
L:1/8
Q:1/4=132
P:AB
K:G
P:A
G,4A,2|B,6|C6|B,6|A,6|G,6|D2B,2G,2|D2D,CB,A,|
B,4A,2|G,2B,2G,2|C6|B,CB,A,G,2|A,4F,2|G,4B,2|C2D2D,2|G,4G,,2|
P:B
G,6|F,6|E,2G,2E,2|A,4A,,2|A,6|B,2D2^C2|D2F,2A,2|D2D,2C2|
B,4B,2|C4C2|B,2A,2G,2|D4z2|D,4F,2|E,2G,2F,2|G,2B,,2D,2|G,2D,2G,,2|
"""

_ELISE = """
M:3/8
L:1/16
Q:1/8=132
P:ARABAE
K:Am
P:A
e^d|e^deB=dc|A2zCEA|B2zE^GB|c2zEe^d|e^deB=dc|A2zCEA|B2zEcB|A2
P:R
z2
P:B
zBcd|e3Gfe|d3Fed|c3Edc|B2zEez|zee'zz^d|ezz^d
P:E
z4|
"""
_ELISE_LEFT = """
M:3/8
L:1/16
Q:1/8=132
P:ARABAE
K:Am
P:A
z2|z6|A,,E,A,z3|E,,E,^G,z3|A,,E,A,z3|z6|A,,E,A,z3|E,,E,^G,z3|A,,E,
P:R
A,z
P:B
A,z3|C,G,Cz3|G,,G,B,z3|A,,E,A,z3|E,,E,z4|z6|z4
P:E
A,4|
"""

_JOY = """
M:4/4
L:1/4
Q:1/4=112
P:IA
K:D
P:I
"D"z4|"A7"z2"D"z2|
P:A
"D"FFGA|"A7"AGFE|
w: Freu-de, schö-ner Göt-ter-fun-ken,
"D"DDEF|F>"A7"EE2|
w: Toch-ter aus E-ly-si-um,
"D"FFGA|"A7"AGFE|
w: wir be-tre-ten feu-er-trun-ken,
"D"DDEF|"A7"E>D"D"D2|
w: Himm-li-sche, dein Hei-lig-tum!
"A7"EE"D"FD|"A7"EF/G/"D"FD|
w: Dei-ne Zau-ber bin-den_ wie-der,
"A7"EF/G/"D"FE|"Bm"D"E7"E"A"A,2|
w: was die_ Mo-de streng ge-teilt;
"D"FFGA|"A7"AGFE|
w: al-le Men-schen wer-den Brü-der,
"D"DDEF|"A7"E>D"D"D2|
w: wo dein sanf-ter Flü-gel weilt.
"""

ALBUM = Album(
    title="Tarde de Domingo",
    artists=(_ARTIST,),
    year=2026,
    cover="keys",
    cover_file="cover.jpg",
    tunes=(
        Tune(
            title="Prelúdio em Dó maior, BWV 846",
            artists=(_ARTIST,),
            composers=("Johann Sebastian Bach",),
            original_date="1722",
            genres=(*_GENRES, "Barroco"),
            format=Format.FLAC,
            music=_PRELUDE,
            arrangement=Arrangement(lead=Voice("pedal piano"), loudness_lufs=-17.0),
        ),
        Tune(
            title="Minueto em Sol maior, BWV Anh. 114",
            artists=(_ARTIST,),
            composers=("Christian Petzold",),
            original_date="1725",
            genres=(*_GENRES, "Barroco"),
            format=Format.AAC,
            cover_inside=True,
            music=_MINUET,
            second_music=_MINUET_LEFT,
            arrangement=Arrangement(
                lead=Voice("harpsichord", 1.0, 0.15),
                second=Voice("harpsichord", 0.75, -0.2),
                reverb=0.2,
                loudness_lufs=-18.0,
            ),
        ),
        Tune(
            title="Für Elise",
            artists=(_ARTIST,),
            composers=_BEETHOVEN,
            original_date="1810",
            genres=_GENRES,
            disc=2,
            format=Format.MP3,
            cover_inside=True,
            music=_ELISE,
            second_music=_ELISE_LEFT,
            arrangement=Arrangement(
                lead=Voice("piano", 1.0, 0.12),
                second=Voice("pedal piano", 0.75, -0.2),
                loudness_lufs=-17.0,
            ),
        ),
        Tune(
            title="Ode à Alegria",
            artists=(_ARTIST,),
            composers=_BEETHOVEN,
            original_date="1824",
            genres=_GENRES,
            language="deu",
            disc=2,
            format=Format.ALAC,
            sheets=Sheets(chord_suffix=".chordpro"),
            cover_inside=True,
            music=_JOY,
            arrangement=Arrangement(
                lead=Voice("organ", 1.0, 0.0),
                chords=Voice("organ", 0.3, 0.15),
                bass=Voice("organ", 0.55, -0.1),
                pattern="Bc Bc",
                reverb=0.3,
            ),
        ),
    ),
)
