"""Cantigas de roda: songs Brazilian children dance to in a ring. Traditional, authors unknown."""

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice

_ARTIST = "Corda & Companhia"
_COMPOSERS = ("Tradicional (Brasil)",)
_GENRES = ("Infantil", "Folclore")

_CIRANDA = """
M:2/4
L:1/8
Q:1/4=96
P:IAAAA
K:F
P:I
"F"z4|z4|"C7"z4|"F"z3
P:A
C|"F"FFAA|cc
w: Ci-ran-da, ci-ran-di-nha,
w: O~a-nel que tu me des-te
w:
w: Ci-ran-da, ci-ran-di-nha,
BA|"C7"GcAG|"F"F2
w: va-mos to-dos ci-ran-dar,
w: e-ra vi-dro~e se que-brou,
w:
w: va-mos to-dos ci-ran-dar,
Ac|"Bb"BAGF|"C7"EC
w: va-mos dar a mei-a vol-ta,
w: o a-mor que tu me ti-nhas
w:
w: va-mos dar a mei-a vol-ta,
BG|"F"AF"C7"GE|"F"F3
w: vol-ta~e mei-a va-mos dar.
w: e-ra pou-co~e se~a-ca-bou.
w:
w: vol-ta~e mei-a va-mos dar.
"""

_ATIREI = """
M:4/4
L:1/8
Q:1/4=116
P:IAA
K:C
P:I
"C"z8|"G7"z4"C"z4|
P:A
"C"G3FEDEF|G2G2G2
w: A-ti-rei o pau no ga-to\\--to,
w: A-ti-rei o pau no ga-to\\--to,
AG|"G7"F2F2F2GF|"C"E2E2E2
w: mas o ga-to\\--to não mor-reu\\--reu\\--reu.
w: mas o ga-to\\--to não mor-reu\\--reu\\--reu.
cc|"F"A2A2A2BA|"C"G2G2G2
w: Do-na Chi-ca\\--ca ad-mi-rou\\--se\\--se
w: Do-na Chi-ca\\--ca ad-mi-rou\\--se\\--se
EF|"C"G2EFG"G7"FED|"C"C2
w: do ber-ro, do ber-ro que~o ga-to deu:
w: do ber-ro, do ber-ro que~o ga-to deu:
"G7"G2"C"c2z2|
w: mi-au!
w: mi-au!
"""

_MARCHA = """
M:2/4
L:1/8
Q:1/4=112
P:IABAB
K:C
P:I
"C"z4|"G7"z4|z4|"C"z4|
P:A
"C"G2GE|C2C
w: Mar-cha, sol-da-do,
w: Mar-cha, sol-da-do,
E|GGGE|"G7"D3
w: ca-be-ça de pa-pel:
w: ca-be-ça de pa-pel:
E|"G7"FFFD|"C"G2G
w: quem não mar-char di-rei-to
w: quem não mar-char di-rei-to
A|"C"G"F"F"C"E"G7"D|"C"C2
w: vai pre-so pro quar-tel.
w: vai pre-so pro quar-tel.
P:B
CE|"C"G2GE|C2C
w: O quar-tel pe-gou fo-go,
w: O quar-tel pe-gou fo-go,
E|GGGE|"G7"DD2
w: a po-lí-cia deu si-nal:
w: a po-lí-cia deu si-nal:
E|"G7"FFFD|"C"G2G
w: a-co-de,~a-co-de,~a-co-de
w: a-co-de,~a-co-de,~a-co-de
A|"C"G"F"F"C"E"G7"D|"C"CC2z|
w: a ban-dei-ra na-cio-nal!
w: a ban-dei-ra na-cio-nal!
"""

ALBUM = Album(
    title="Roda no Quintal",
    artists=(_ARTIST,),
    year=2026,
    cover="ring",
    cover_file="cover.jpg",
    tunes=(
        Tune(
            title="Ciranda, Cirandinha",
            artists=(_ARTIST,),
            composers=_COMPOSERS,
            genres=_GENRES,
            language="por",
            format=Format.FLAC,
            sheets=Sheets(word_times=True, chord_suffix=".cho"),
            music=_CIRANDA,
            arrangement=Arrangement(
                lead=Voice("steel", 1.0, -0.15, 12),
                chords=Voice("nylon", 0.34, 0.35),
                bass=Voice("nylon", 0.6, 0.05),
                pattern="B c b c",
                beats="h . h h",
                drums_gain=0.22,
            ),
        ),
        Tune(
            title="Atirei o Pau no Gato",
            artists=(_ARTIST,),
            composers=_COMPOSERS,
            genres=_GENRES,
            language="por",
            format=Format.MP3,
            sheets=Sheets(chord_suffix=".chordpro", embedded=True),
            cover_inside=True,
            music=_ATIREI,
            arrangement=Arrangement(
                lead=Voice("flute", 0.5, -0.1, 12),
                chords=Voice("nylon", 0.42, 0.3),
                bass=Voice("nylon", 0.65, -0.05),
                pattern="B . c . b . c .",
                beats="k h . h k h s h",
                drums_gain=0.3,
            ),
        ),
        Tune(
            title="Marcha, Soldado",
            artists=(_ARTIST,),
            composers=_COMPOSERS,
            genres=(*_GENRES, "Marcha"),
            language="por",
            format=Format.OPUS,
            sheets=Sheets(chord_suffix=".cho"),
            cover_inside=True,
            music=_MARCHA,
            arrangement=Arrangement(
                lead=Voice("reed", 0.6, 0.1),
                chords=Voice("nylon", 0.4, -0.3),
                bass=Voice("tuba", 0.55, 0.0),
                pattern="B c b c",
                beats="k s k s",
                drums_gain=0.32,
            ),
        ),
    ),
)
