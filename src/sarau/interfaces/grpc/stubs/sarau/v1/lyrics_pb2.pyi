from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SheetFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHEET_FORMAT_UNSPECIFIED: _ClassVar[SheetFormat]
    SHEET_FORMAT_PLAIN: _ClassVar[SheetFormat]
    SHEET_FORMAT_LRC: _ClassVar[SheetFormat]
    SHEET_FORMAT_CHORDPRO: _ClassVar[SheetFormat]
    SHEET_FORMAT_CHORDS_OVER_WORDS: _ClassVar[SheetFormat]

class Timing(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIMING_UNSPECIFIED: _ClassVar[Timing]
    TIMING_SHEET: _ClassVar[Timing]
    TIMING_ALIGNED: _ClassVar[Timing]
    TIMING_ESTIMATED: _ClassVar[Timing]
SHEET_FORMAT_UNSPECIFIED: SheetFormat
SHEET_FORMAT_PLAIN: SheetFormat
SHEET_FORMAT_LRC: SheetFormat
SHEET_FORMAT_CHORDPRO: SheetFormat
SHEET_FORMAT_CHORDS_OVER_WORDS: SheetFormat
TIMING_UNSPECIFIED: Timing
TIMING_SHEET: Timing
TIMING_ALIGNED: Timing
TIMING_ESTIMATED: Timing

class ChordOptions(_message.Message):
    __slots__ = ("transpose_semitones", "capo", "simplified")
    TRANSPOSE_SEMITONES_FIELD_NUMBER: _ClassVar[int]
    CAPO_FIELD_NUMBER: _ClassVar[int]
    SIMPLIFIED_FIELD_NUMBER: _ClassVar[int]
    transpose_semitones: int
    capo: int
    simplified: bool
    def __init__(self, transpose_semitones: _Optional[int] = ..., capo: _Optional[int] = ..., simplified: _Optional[bool] = ...) -> None: ...

class GetLyricsRequest(_message.Message):
    __slots__ = ("track_id", "chords")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    CHORDS_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    chords: ChordOptions
    def __init__(self, track_id: _Optional[str] = ..., chords: _Optional[_Union[ChordOptions, _Mapping]] = ...) -> None: ...

class PutLyricsRequest(_message.Message):
    __slots__ = ("track_id", "format", "content")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    format: SheetFormat
    content: str
    def __init__(self, track_id: _Optional[str] = ..., format: _Optional[_Union[SheetFormat, str]] = ..., content: _Optional[str] = ...) -> None: ...

class Sheet(_message.Message):
    __slots__ = ("source", "format", "content")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    source: str
    format: SheetFormat
    content: str
    def __init__(self, source: _Optional[str] = ..., format: _Optional[_Union[SheetFormat, str]] = ..., content: _Optional[str] = ...) -> None: ...

class Lyrics(_message.Message):
    __slots__ = ("track_id", "cues", "words_timing", "chords_timing", "key", "sheets", "confidence")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    CUES_FIELD_NUMBER: _ClassVar[int]
    WORDS_TIMING_FIELD_NUMBER: _ClassVar[int]
    CHORDS_TIMING_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    SHEETS_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    cues: _containers.RepeatedCompositeFieldContainer[Cue]
    words_timing: Timing
    chords_timing: Timing
    key: str
    sheets: _containers.RepeatedCompositeFieldContainer[Sheet]
    confidence: float
    def __init__(self, track_id: _Optional[str] = ..., cues: _Optional[_Iterable[_Union[Cue, _Mapping]]] = ..., words_timing: _Optional[_Union[Timing, str]] = ..., chords_timing: _Optional[_Union[Timing, str]] = ..., key: _Optional[str] = ..., sheets: _Optional[_Iterable[_Union[Sheet, _Mapping]]] = ..., confidence: _Optional[float] = ...) -> None: ...

class FollowRequest(_message.Message):
    __slots__ = ("track_id", "session_id", "ahead_ms", "chords", "start_ms")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AHEAD_MS_FIELD_NUMBER: _ClassVar[int]
    CHORDS_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    session_id: str
    ahead_ms: int
    chords: ChordOptions
    start_ms: int
    def __init__(self, track_id: _Optional[str] = ..., session_id: _Optional[str] = ..., ahead_ms: _Optional[int] = ..., chords: _Optional[_Union[ChordOptions, _Mapping]] = ..., start_ms: _Optional[int] = ...) -> None: ...

class Cue(_message.Message):
    __slots__ = ("start_ms", "end_ms", "line", "chord", "section", "reset")
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    CHORD_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    start_ms: int
    end_ms: int
    line: Line
    chord: Chord
    section: Section
    reset: Reset
    def __init__(self, start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., line: _Optional[_Union[Line, _Mapping]] = ..., chord: _Optional[_Union[Chord, _Mapping]] = ..., section: _Optional[_Union[Section, _Mapping]] = ..., reset: _Optional[_Union[Reset, _Mapping]] = ...) -> None: ...

class Line(_message.Message):
    __slots__ = ("index", "text", "words", "chords")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    CHORDS_FIELD_NUMBER: _ClassVar[int]
    index: int
    text: str
    words: _containers.RepeatedCompositeFieldContainer[Word]
    chords: _containers.RepeatedCompositeFieldContainer[PlacedChord]
    def __init__(self, index: _Optional[int] = ..., text: _Optional[str] = ..., words: _Optional[_Iterable[_Union[Word, _Mapping]]] = ..., chords: _Optional[_Iterable[_Union[PlacedChord, _Mapping]]] = ...) -> None: ...

class Word(_message.Message):
    __slots__ = ("start_ms", "end_ms", "text")
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    start_ms: int
    end_ms: int
    text: str
    def __init__(self, start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class PlacedChord(_message.Message):
    __slots__ = ("name", "column", "start_ms")
    NAME_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    name: str
    column: int
    start_ms: int
    def __init__(self, name: _Optional[str] = ..., column: _Optional[int] = ..., start_ms: _Optional[int] = ...) -> None: ...

class Chord(_message.Message):
    __slots__ = ("name", "line_index", "column")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LINE_INDEX_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    name: str
    line_index: int
    column: int
    def __init__(self, name: _Optional[str] = ..., line_index: _Optional[int] = ..., column: _Optional[int] = ...) -> None: ...

class Section(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Reset(_message.Message):
    __slots__ = ("track_id", "position_ms")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_MS_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    position_ms: int
    def __init__(self, track_id: _Optional[str] = ..., position_ms: _Optional[int] = ...) -> None: ...
