"""What decoders need before the middle of a file: short headers, made from those of the file."""

from sarau.foundation.media.frames.flac import MAGIC, STREAMINFO_BYTES, stream_info
from sarau.foundation.media.frames.ogg import HEADER, MAX_PAGE_BYTES, OPUS_RATE_HZ, page_in, pages_of
from sarau.foundation.media.frames.pcm import ReadAt

_LAST_BLOCK = 0x80
_COMMENT_BLOCK = 4
_NO_COMMENTS = bytes(8)  # neither a vendor nor a comment
_OPUS_ROLL_MS = 80  # how long a decoder needs to find its feet (RFC 7845, section 4.6)
_MAX_HEADER_PAGES = 4096
_MAX_HEADER_BYTES = 32 << 20  # covers are among them
_MAX_PACKET_BYTES = 512 << 10  # of what is sent on; the codebooks of Vorbis take a few KiB


def flac_preamble(read_at: ReadAt, origin: int) -> bytes | None:
    """Return magic and STREAMINFO, which no longer tells length and checksum of the whole (RFC 9639, section 8.2)."""
    head = read_at(origin, len(MAGIC) + 4 + STREAMINFO_BYTES)
    info = stream_info(head[8:])
    if head[:4] != MAGIC or info is None:
        return None
    return MAGIC + bytes([_LAST_BLOCK]) + head[5:8] + _without_length(head[8:])


def _without_length(block: bytes) -> bytes:
    return block[:13] + bytes([block[13] & 0xF0]) + bytes(STREAMINFO_BYTES - 14)


def ogg_preamble(read_at: ReadAt, origin: int) -> tuple[bytes, int] | None:
    """Return header pages without comments and covers, and how many milliseconds a decoder is told to leave out."""
    first = page_in(read_at(origin, MAX_PAGE_BYTES), 0)
    if first is None:
        return None
    serial = first.serial
    head = read_at(origin + first.payload, first.end - first.payload)
    if head[:8] == b"OpusHead" and len(head) >= 19:
        leave_out = (_OPUS_ROLL_MS * OPUS_RATE_HZ // 1000).to_bytes(2, "little")
        told = pages_of([b"OpusTags" + _NO_COMMENTS], serial, 1)
        return pages_of([head[:10] + leave_out + head[12:]], serial, 0, first=True) + told, _OPUS_ROLL_MS
    if head[:5] == b"\x7fFLAC" and len(head) >= 13 + 4 + STREAMINFO_BYTES:
        begin = head[:7] + b"\0\1" + MAGIC + head[13:17] + _without_length(head[17 : 17 + STREAMINFO_BYTES])
        comment = bytes([_LAST_BLOCK | _COMMENT_BLOCK]) + len(_NO_COMMENTS).to_bytes(3, "big") + _NO_COMMENTS
        return pages_of([begin], serial, 0, first=True) + pages_of([comment], serial, 1), 0
    setup = _packet(read_at, origin + first.end, serial, 1) if head[:7] == b"\x01vorbis" else None
    if setup is None or setup[:7] != b"\x05vorbis":
        return None
    told = pages_of([b"\x03vorbis" + _NO_COMMENTS + b"\1", setup], serial, 1)
    return pages_of([head], serial, 0, first=True) + told, _vorbis_overlap_ms(head)


def _vorbis_overlap_ms(head: bytes) -> int:
    """Return how much of the first packet is not heard, as it only overlaps with one that is not there.

    That is half a long block, of which music has many more than short ones (Vorbis I, sections 1.3.2 and 4.2.2).
    """
    rate_hz, long_block = int.from_bytes(head[12:16], "little"), 1 << (head[28] >> 4)
    return long_block // 2 * 1000 // rate_hz if rate_hz else 0


def _packet(read_at: ReadAt, position: int, serial: int, wanted: int) -> bytes | None:
    """Return the packet so many behind the one that begins here; the content of those before is not kept."""
    packet, number, stop = bytearray(), 0, position + _MAX_HEADER_BYTES
    for _ in range(_MAX_HEADER_PAGES):
        page = page_in(read_at(position, HEADER.size + 255), 0)
        if page is None or position > stop:
            return None
        if page.serial == serial:
            at = position + page.payload
            for lace in page.lacing:
                if number == wanted:
                    packet += read_at(at, lace)
                    if len(packet) > _MAX_PACKET_BYTES:
                        return None
                    if lace < 255:
                        return bytes(packet)
                at += lace
                number += lace < 255
        position += page.end
    return None
