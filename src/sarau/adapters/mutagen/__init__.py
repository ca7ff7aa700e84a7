"""Reads tags and properties of sound files.

mutagen reads what is intricate or rare: MPEG and ADTS frames, ASF attributes, headers of Monkey's Audio and WavPack.
The tag containers of the common formats (ID3, Vorbis comments, MP4 atoms, APEv2) have small readers here, because
mutagen gives up the whole sound for one broken tag, inflates compressed frames without limit, takes quadratic time
for crafted tags, and is several times slower on ID3 and MP4. The tests hold both to the same answers.
"""
