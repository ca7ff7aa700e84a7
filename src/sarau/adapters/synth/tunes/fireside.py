"""Old songs of England and Scotland, for flute and guitar: Greensleeves (1580) and Burns's Auld Lang Syne (1788)."""

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice

_ARTISTS = ("Flauta da Serra", "Viola do Vale")

_GREENSLEEVES = """
M:6/8
L:1/8
Q:3/8=64
P:IAAC
K:Am
P:I
"Am"z6|"E"z5
P:A
A|"Am"c2de>^fe|"G"d2BG>A
w: A-las, my love,_ you do me wrong_
w: I have been rea_-dy at your hand_
B|"Am"c2AA>^GA|"E"B2^GE2
w: to cast me off_ dis-cour-teous-ly,
w: to grant what-e_-ver you would crave;
A|"Am"c2de>^fe|"G"d2BG>A
w: for I have loved_ you well and long,_
w: I have both wa_-ged life and land,_
B|"Am"c>BA"E"^G>^F^G|"Am"A2AA2
w: de-light_-ing in_ your com-pa-ny.
w: your love_ and good_-will for to have.
P:C
z|"C"g3g>^fe|"G"d2BG>AB|
w: Green-sleeves_ was all my joy,__
"Am"c2AA>^GA|"E"B2^GE3|
w: Green-sleeves was_ my de-_light,
"C"g3g>^fe|"G"d2BG>A
w: Green-sleeves was my heart of gold,_
B|"Am"c>BA"E"^G>^F^G|"Am"A3A3|
w: and who but my La_-dy Green-sleeves?
"""

_AULD = """
M:4/4
L:1/8
Q:1/4=104
P:IAC
K:G
P:I
"G"z8|"D7"z4"G"z2
P:A
D2|"G"G3GG2B2|"D7"A3GA2
w: Should auld ac-quain-tance be for-got,
B2|"G"G3GB2d2|"C"e6
w: and ne-ver brought to mind?
e2|"G"d3BB2G2|"D7"A3GA2
w: Should auld ac-quain-tance be for-got,
BA|"Em"G3E"C"E2"D7"D2|"G"G6
w: and_ days o' auld lang syne?
P:C
e2|"G"d3BB2G2|"D7"A3GA2
w: For auld_ lang_ syne, my dear,
e2|"G"d3BB2d2|"C"e6
w: for auld_ lang_ syne,
g2|"G"d3BB2G2|"D7"A3GA2
w: we'll tak' a cup o' kind-ness yet,
BA|"Em"G3E"C"E2"D7"D2|"G"G6z2|
w: for_ auld_ lang_ syne.
"""

ALBUM = Album(
    title="Ao Pé do Fogo",
    artists=_ARTISTS,
    year=2025,
    cover="fire",
    cover_file="cover.jpg",
    tunes=(
        Tune(
            title="Greensleeves",
            artists=_ARTISTS,
            composers=("Traditional (England)",),
            original_date="1580",
            genres=("Folk",),
            language="eng",
            format=Format.AAC,
            sheets=Sheets(word_times=True, chord_suffix=".cho", embedded=True),
            music=_GREENSLEEVES,
            arrangement=Arrangement(
                lead=Voice("flute", 0.55, 0.15),
                chords=Voice("nylon", 0.5, -0.3),
                bass=Voice("nylon", 0.65, -0.15),
                pattern="B 2 3 4 3 2",
                reverb=0.24,
                loudness_lufs=-17.0,
            ),
        ),
        Tune(
            title="Auld Lang Syne",
            artists=_ARTISTS,
            composers=("Traditional (Scotland)", "Robert Burns"),
            original_date="1788",
            genres=("Folk",),
            language="sco",
            format=Format.AAC,
            sheets=Sheets(chord_suffix=".chordpro"),
            cover_inside=True,
            music=_AULD,
            arrangement=Arrangement(
                lead=Voice("flute", 0.5, 0.15),
                chords=Voice("steel", 0.4, -0.3),
                bass=Voice("nylon", 0.65, -0.1),
                pattern="B 2 3 c b 2 3 c",
                reverb=0.24,
                loudness_lufs=-17.0,
            ),
        ),
    ),
)
