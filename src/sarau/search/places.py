"""Places in the index: a kind and a number, so that entries of a kind lie together. Pure thinking."""

from sarau.search.schemas import Kind

_NUMBER_BITS = 32
_LEVEL_BITS = 27  # of a number, below the level: a hundred million of a kind
_MOST_LEVEL = 31
BLOCK_BITS = 10


def first_of(kind: Kind) -> int:
    """Return the lowest place of a kind."""
    return kind << _NUMBER_BITS


def last_of(kind: Kind) -> int:
    """Return the highest place of a kind."""
    return (kind + 1 << _NUMBER_BITS) - 1


def kind_of(place: int) -> Kind:
    """Return the kind of what lies at a place."""
    return Kind(place >> _NUMBER_BITS)


def hot_place(place: int, level: int) -> int:
    """Return where an entry lies among those that are played: those played most come first."""
    number = place & ((1 << _LEVEL_BITS) - 1)
    return first_of(kind_of(place)) | (_MOST_LEVEL - level) << _LEVEL_BITS | number


def level_at(hot: int) -> int:
    """Return the level of what lies at a place among what is played."""
    return _MOST_LEVEL - (hot >> _LEVEL_BITS & _MOST_LEVEL)


def block_of(place: int) -> int:
    """Return the block of a place."""
    return place >> BLOCK_BITS
