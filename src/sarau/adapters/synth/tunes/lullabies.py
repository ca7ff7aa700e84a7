"""Songs from far away on a music box and a koto. Traditional; the oldest French text of the second is of 1774."""

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice

_ARTIST = "Caixinha de Música"

_FRERE = """
M:4/4
L:1/4
Q:1/4=116
P:IAAO
K:F
P:I
"F"z4|z4|
P:A
"F"FGAF|FGAF|
w: Frè-re Jac-ques, frè-re Jac-ques,
w: Frè-re Jac-ques, frè-re Jac-ques,
"F"ABc2|ABc2|
w: dor-mez\\--vous? Dor-mez\\--vous?
w: dor-mez\\--vous? Dor-mez\\--vous?
"F"c/d/c/B/AF|c/d/c/B/AF|
w: Son-nez les ma-ti-nes! Son-nez les ma-ti-nes!
w: Son-nez les ma-ti-nes! Son-nez les ma-ti-nes!
"F"F"C7"C"F"F2|F"C7"C"F"F2|
w: Ding, ding, dong! Ding, ding, dong!
w: Ding, ding, dong! Ding, ding, dong!
P:O
z4|z4|
"""
# The second voice of the round: it comes in two bars after the second time begins.
_FRERE_SECOND = """
M:4/4
L:1/4
Q:1/4=116
P:RA
K:F
P:R
z4|z4|z4|z4|z4|z4|z4|z4|z4|z4|z4|z4|
P:A
FGAF|FGAF|
ABc2|ABc2|
c/d/c/B/AF|c/d/c/B/AF|
FCF2|FCF2|
"""

_MAMAN = """
M:4/4
L:1/4
Q:1/4=112
P:IA
K:C
P:I
"C"z4|"G7"z2"C"z2|
P:A
"C"CCGG|"F"AA"C"G2|
w: Ah! vous di-rai\\--je, ma-man,
"F"FF"C"EE|"G7"DD"C"C2|
w: ce qui cau-se mon tour-ment?
"C"GG"F"FF|"C"EE"G7"DD|
w: Pa-pa veut que je rai-son-ne
"C"GG"F"FF|"C"EE"G7"DD|
w: comme u-ne gran-de per-son-ne;
"C"CCGG|"F"AA"C"G2|
w: moi, je dis que les bon-bons
"F"FF"C"EE|"G7"DD"C"C2|
w: va-lent mieux que la rai-son.
"""

_SAKURA = """
M:4/4
L:1/4
Q:1/4=92
P:IA
K:Am
P:I
"Am"z4|z4|
P:A
"Am"AAB2|AAB2|
w: さ-く-ら さ-く-ら
"Am"ABcB|"F"AB/A/F2|
w: や-よ-い-の そ-ら_-は
"Am"ECEF|"E5"EE/C/B,2|
w: み-わ-た-す か-ぎ_-り
"Am"ABcB|"F"AB/A/F2|
w: か-す-み-か く-も_-か
"Am"ECEF|"E5"EE/C/B,2|
w: に-お-い-ぞ い-ず_-る
"Am"AAB2|AAB2|
w: い-ざ-や い-ざ-や
"F"EFB/A/F|"E5"E4|
w: み-に ゆ_-か-ん
"""

# The Vorbis encoder at hand keeps the second channel the worse the more the two differ: 24 dB above its noise in full
# stereo, 34 dB with the sides brought in to a third.
_VORBIS_WIDTH = 0.3

ALBUM = Album(
    title="Cantigas de Longe",
    artists=(_ARTIST,),
    year=2026,
    cover="moon",
    cover_file="folder.png",
    tunes=(
        Tune(
            title="Frère Jacques",
            artists=(_ARTIST,),
            composers=("Traditionnel (France)",),
            genres=("Infantil",),
            language="fra",
            format=Format.VORBIS,
            sheets=Sheets(chord_suffix=".cho"),
            music=_FRERE,
            second_music=_FRERE_SECOND,
            arrangement=Arrangement(
                lead=Voice("music box", 1.0, -0.3, 12),
                second=Voice("celesta", 0.7, 0.4),
                bass=Voice("celesta", 0.5, 0.1, 12),
                chords=Voice("celesta", 0.32, 0.0),
                pattern="B 3 2 3",
                reverb=0.22,
                width=_VORBIS_WIDTH,
                loudness_lufs=-18.0,
            ),
        ),
        Tune(
            title="Ah ! vous dirai-je, maman",
            artists=(_ARTIST,),
            composers=("Traditionnel (France)",),
            original_date="1774",
            genres=("Infantil",),
            language="fra",
            format=Format.VORBIS,
            sheets=Sheets(word_times=True, chord_suffix=".chordpro"),
            music=_MAMAN,
            arrangement=Arrangement(
                lead=Voice("music box", 1.0, 0.0, 24),
                chords=Voice("music box", 0.3, 0.35, 12),
                bass=Voice("celesta", 0.5, -0.2, 12),
                pattern="B2 3 4 3 2 3 4 3",
                reverb=0.22,
                width=_VORBIS_WIDTH,
                loudness_lufs=-18.0,
            ),
        ),
        Tune(
            title="さくらさくら",
            artists=(_ARTIST,),
            composers=("日本古謡",),
            genres=("Folclore", "民謡"),
            language="jpn",
            format=Format.OPUS,
            sheets=Sheets(),
            music=_SAKURA,
            arrangement=Arrangement(
                lead=Voice("koto", 1.0, 0.0, 12),
                chords=Voice("koto", 0.5, 0.3),
                bass=Voice("koto", 0.7, -0.3, 12),
                pattern="B 2 3 4",
                reverb=0.26,
                loudness_lufs=-18.0,
            ),
        ),
    ),
)
