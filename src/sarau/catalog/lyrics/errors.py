"""What can go wrong with lyrics and chords."""

from sarau.foundation.errors import NotFound


class SheetNotFound(NotFound):
    """The track has no sheet of this source."""

    code = "sheet_not_found"
    message = "There is no such sheet."


class ChordNotFound(NotFound):
    """The name means no chord."""

    code = "chord_not_found"
    message = "There is no such chord."
