"""Several players on the bandstand: a carnival march by Chiquinha Gonzaga (1847-1935) and an American hymn.

Words and melody of "Ó Abre Alas" are of 1899: in the public domain in Brazil, where the term is 70 years after the
author's death, since 2006. "Amazing Grace": words by John Newton (1779), the tune New Britain printed in 1829.
"""

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice

_ABRE_ALAS = """
M:2/4
L:1/8
Q:1/4=104
P:IAA
K:Dm
P:I
"Dm"z4|"A7"z4|z4|"Dm"z4|
P:A
"Dm"zffe|ed2f-|"A7"fed^c|"Dm"d4|
w: Ó a-bre a-las que~eu que-ro pas-sar!
w: Ó a-bre a-las que~eu que-ro pas-sar!
"Dm"zffe|ed2f-|"A7"fed^c|"Dm"d4|
w: Ó a-bre a-las que~eu que-ro pas-sar!
w: Ó a-bre a-las que~eu que-ro pas-sar!
"Dm"zddc|"Gm"cB2d-|ddcB|"A7"A4|
w: Eu sou da Li-ra, não pos-so ne-gar.
w: Eu sou da Li-ra, não pos-so ne-gar.
"A7"zA^ce|ae2a-|agfe|"Dm"d4|
w: Ro-sa de Ou-ro é que vai ga-nhar!
w: Ro-sa de Ou-ro é que vai ga-nhar!
"""

_GRACE = """
M:3/4
L:1/4
Q:1/4=92
P:IA
K:G
P:I
"G"z3|"D7"z2
P:A
D|"G"G2B/G/|"G7"B2A|"C"G2E|"G"D2
w: A-ma-zing_ grace! how sweet the sound
D|"G"G2B/G/|"Em"B2A|"D"d3-|"D7"d2
w: that saved a_ wretch like me!
B|"G"d2B/G/|"G7"B2A|"C"G2E|"G"D2
w: I once was_ lost, but now am found,
D|"Em"G2B/G/|"D7"B2A|"G"G3-|G3|
w: was blind, but_ now I see.
"""

ALBUM = Album(
    title="Coreto da Praça",
    artists=("Vários Artistas",),
    year=2024,
    cover="bandstand",
    compilation=True,
    tunes=(
        Tune(
            title="Ó Abre Alas",
            artists=("Banda do Coreto",),
            composers=("Chiquinha Gonzaga",),
            original_date="1899",
            genres=("Marchinha", "Carnaval"),
            language="por",
            format=Format.MP3,
            sheets=Sheets(word_times=True, chord_suffix=".cho", embedded=True),
            cover_inside=True,
            music=_ABRE_ALAS,
            arrangement=Arrangement(
                lead=Voice("reed", 0.6, 0.1),
                chords=Voice("steel", 0.4, -0.3),
                bass=Voice("tuba", 0.6, 0.0),
                pattern="B c b c",
                beats="k h s kh k h s h",
                drums_gain=0.36,
            ),
        ),
        Tune(
            title="Amazing Grace",
            artists=("Flauta da Serra",),
            composers=("Traditional (New Britain)", "John Newton"),
            original_date="1779",
            genres=("Hino",),
            language="eng",
            format=Format.WAV,
            sheets=Sheets(chord_suffix=".chordpro"),
            cover_inside=True,
            music=_GRACE,
            arrangement=Arrangement(
                lead=Voice("flute", 0.55, 0.1),
                chords=Voice("harp", 0.4, -0.25),
                bass=Voice("harp", 0.6, -0.1),
                pattern="B 2 3 4 3 2",
                reverb=0.3,
                loudness_lufs=-17.0,
            ),
        ),
    ),
)
