"""Articles, and a batch of them as arrays of tokens with exact offsets back to the text.

A batch is split once into *chunks* (what stands between two white spaces, with the white space after it) and the
chunks are dictionary-encoded. All that depends only on the spelling of a chunk (its tokens, their normalised forms,
where they start and end) is worked out once for each distinct chunk and kept in a `Vocabulary`; everything after that
is integer-array work over tokens.

Normalisation is for matching only and never changes the stored text: canonical composition (NFC), full-width and
ligature forms unified, invisible characters dropped, apostrophes and hyphens unified, and for `Forms.folded` the case
folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
FlagArray = npt.NDArray[np.uint16]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one outlet.

    Attributes
    ----------
    id : str
        Unique in an analysis.
    outlet : str
        Who publishes it.
    text, title : str
        Body and headline as stored; mentions carry character offsets into these.
    date : str
        ISO 8601 day ("2017-01-24"), or "" for undated.
    url, event, upstream, genre, language : str
        Metadata, "" where unknown. `upstream` is the agency or outlet that the text rewrites.
    extra : mapping of str to str
        Every other column of the input.
    """

    id: str
    outlet: str
    text: str
    title: str = ""
    date: str = ""
    url: str = ""
    event: str = ""
    upstream: str = ""
    genre: str = ""
    language: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


# Flags of a form (a property of the spelling).
WORD = 1  # letters or digits; everything else is punctuation or a symbol
CAPITAL = 2  # first letter is upper case
UPPER = 4  # two letters or more, all upper case
DIGIT = 8  # starts with a digit
CLITIC = 16  # 's, 'd, 'll, 'm, 're, 've split from its word
TERMINAL = 32  # . ! ? and the ellipsis
OPENER = 64  # opening quotation mark or bracket, or a mark that may open
CLOSER = 128  # closing quotation mark or bracket, or a mark that may close
DOTTED = 256  # acronym with its full stops, "U.S."

# Flags of a token (a property of the place).
SPACE_BEFORE = 1
SPACE_AFTER = 2
HYPHENATED = 4  # joined to the token before it by a hyphen
LINE_BEFORE = 8  # first token of a line
PARAGRAPH_BEFORE = (
    16  # first token of a paragraph (a blank line before it, or any line break in text that is not hard-wrapped)
)

APOSTROPHES = "'’ʼ‛′＇"
HYPHENS = "-‐‑﹣－−"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# The apostrophe U+02BC is a letter to Unicode, and only here an apostrophe.
_LETTER = rf"[^\W\d_ʼ{_IDEOGRAPHS}]"
_ALNUM = rf"[^\W_ʼ{_IDEOGRAPHS}]"
_TOKEN = re.compile(
    rf"(?P<dotted>(?:{_LETTER}\.){{2,}}(?!{_ALNUM})|(?:{_LETTER}\.)+{_LETTER}(?!{_ALNUM}|[{APOSTROPHES}]))"
    rf"|(?P<number>\d+(?:[.,:]\d+)*{_ALNUM}*(?:[{APOSTROPHES}][sS](?!{_ALNUM}))?)"
    rf"|(?P<word>{_ALNUM}+(?:[{APOSTROPHES}]{_ALNUM}+)*|[{_IDEOGRAPHS}])"
    r"|(?P<ellipsis>\.{2,}|…)"
    r"|(?P<dash>-{2,}|[—―‒–])"
    rf"|(?P<hyphen>[{HYPHENS}])"
    r"|(?P<double>''|``|‘‘|’’)"
    r"|(?P<other>[^\s])"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_CLITIC = re.compile(r"(.+)'(s|S|d|D|m|M|ll|LL|re|RE|ve|VE)$")
_TERMINALS = frozenset(".!?…。！？؟۔")
_OPENERS = frozenset("\"'“‘„‚«‹([{「『")
_CLOSERS = frozenset("\"'”’»›)]}“‘」』")
_SPACES = np.zeros(256, dtype=bool)
_SPACES[list(b" \t\n\r\f\v")] = True
# What nearly all chunks of English news look like; `tokenise` gives the same for them, only slower.
_PLAIN = re.compile(r"([A-Za-z]+)([.,;:?!]?)( |\n{0,2}|\n ?)")
_COMMON = re.compile(
    r"([“\"‘'(\[]?)([A-Za-z]+|[0-9]+(?:,[0-9]+)*)((?:-[A-Za-z]+)*)(?:(['’])(s|S|re|ve|ll|d|m|t))?"
    r"([.,;:?!…]?[”\"’')\]]?[.,;:?!]?)( |\n{0,2}|\n ?)\Z"
)
_NEWLINE = re.compile(r"\r\n?|[\n\u2028\u2029\x85\v\f]")
# Scripts whose spelling needs the joiners: Arabic to the Indic blocks and Mongolian.
_JOINER_SCRIPTS = re.compile("[\u0600-\u0dff\u1000-\u109f\u1780-\u18af]")


@dataclass(slots=True)
class Forms:
    """The distinct token spellings seen so far (case kept, otherwise normalised).

    Attributes
    ----------
    text, folded : list of str
        Spelling, and its case-folded form.
    flags : list of int
        WORD, CAPITAL, ... as bits.
    """

    text: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    _flag_array: PerForm | None = None

    def __len__(self) -> int:
        return len(self.text)

    def add(self, text: str, flags: int) -> int:
        """Return the number of a form, entering it when it is new."""
        number = self.index.get(text)
        if number is None:
            number = self.index[text] = len(self.text)
            self.text.append(text)
            self.folded.append(text.casefold())
            self.flags.append(flags)
        return number

    def flag_array(self) -> FlagArray:
        """Return `flags` as an array, shape (forms,)."""
        if self._flag_array is None:
            self._flag_array = PerForm(lambda forms, first: forms.flags[first:], np.uint16)
        return self._flag_array(self)


_Table = TypeVar("_Table", bound=Sized)


class _PerEntry(Generic[_Table]):
    """An array with one entry for each entry of a table that grows, worked out once (and anew for another table).

    Parameters
    ----------
    compute : callable (table, first) -> array-like
        Values for the entries from number `first` on; rows make a two-dimensional array.
    dtype : numpy dtype
    """

    def __init__(self, compute: Callable[[_Table, int], npt.ArrayLike], dtype: npt.DTypeLike) -> None:
        self._compute = compute
        self._dtype = dtype
        self._array: npt.NDArray[Any] | None = None
        self._table: _Table | None = None
        self._count = 0

    def __call__(self, table: _Table) -> npt.NDArray[Any]:
        """Return the values of all entries, shape (entries, ...)."""
        if self._table is not table:
            self._array, self._table, self._count = None, table, 0
        if self._array is None or self._count < len(table):
            new = np.asarray(self._compute(table, self._count), dtype=self._dtype)
            self._array = _append(self._array, self._count, new)
            self._count = len(table)
        return self._array[: self._count]


class PerForm(_PerEntry[Forms]):
    """An array with one entry a form, see `_PerEntry`: what depends on the spelling of a token only."""


def _append(array: npt.NDArray[Any] | None, count: int, new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Write `new` behind the first `count` rows, doubling the room when it is full."""
    if array is None:
        array = np.zeros((max(1024, 2 * len(new)), *new.shape[1:]), dtype=new.dtype)
    if count + len(new) > len(array):
        room = np.zeros((2 * (count + len(new)), *array.shape[1:]), dtype=array.dtype)
        room[:count] = array[:count]
        array = room
    array[count : count + len(new)] = new
    return array


@lru_cache(maxsize=65536)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


@lru_cache(maxsize=65536)
def _is_invisible(character: str) -> bool:
    return character == "\u034f" or unicodedata.category(character) == "Cf"


def _joins(character: str) -> bool:
    """Whether the character belongs to the cluster begun before it: a mark, or a Hangul vowel or final."""
    return _is_mark(character) or "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb"


def _is_needed_joiner(character: str, before: str) -> bool:
    """Whether the character is a joiner or non-joiner that the script of the character before it spells with."""
    return character in "\u200c\u200d" and _JOINER_SCRIPTS.match(before) is not None


def normalise(text: str) -> tuple[str, list[int], list[int]]:
    """Normalise for matching, with a map back to the text.

    Case is kept (see `Forms.folded`).

    Returns
    -------
    normalised : str
    starts, ends : list of int
        Character i of `normalised` comes from `text[starts[i]:ends[i]]`.
    """
    if text.isascii():
        positions = list(range(len(text) + 1))
        return text, positions[:-1], positions[1:]
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, length = 0, len(text)
    while position < length:
        first = position
        cluster = text[position]
        position += 1
        if _is_invisible(cluster) and not (out and _is_needed_joiner(cluster, out[-1])):
            continue
        last = position
        while position < length:
            character = text[position]
            if _is_invisible(character) and not _is_needed_joiner(character, cluster[-1]):
                # An invisible character inside a cluster is dropped, and must not part a letter from its mark.
                position += 1
                continue
            if not _joins(character) or cluster.isspace():  # a mark behind a space stands by itself
                break
            cluster += character
            position += 1
            last = position
        else:
            position = length
        if position > last and position < length:
            position = last  # give trailing invisible characters back: they stand before the next cluster
        compatible = "\uff00" <= cluster[0] <= "\uffef" or "\ufb00" <= cluster[0] <= "\ufb06"
        for character in unicodedata.normalize("NFKC" if compatible else "NFC", cluster):
            out.append(character)
            starts.append(first)
            ends.append(last)
    return "".join(out), starts, ends


class _Chunk(NamedTuple):
    """The tokens of one distinct chunk; starts and ends are relative to the chunk."""

    forms: list[int]
    starts: list[int]
    ends: list[int]
    flags: list[int]
    length: int
    lines_after: int


def tokenise(text: str) -> list[tuple[str, int, int, int, int]]:
    """Split a text into tokens.

    Words keep inner apostrophes ("o'clock", "don't"), full stops of acronyms and separators of numbers; the endings
    's, 'd, 'll, 'm, 're and 've are tokens of their own; hyphenated words are parted and marked HYPHENATED; the en
    dash and the slash between two words ("9/11") count as a hyphen; CJK ideographs are one token each.

    Returns
    -------
    list of (form, start, end, form flags, token flags)
        Offsets are characters of `text`.
    """
    normalised, starts, ends = normalise(text)
    pattern = normalised
    if not normalised.isascii():
        normalised, starts, ends = _drop_stray_marks(normalised, starts, ends)
        # `re` does not count combining marks and joiners as word characters.
        pattern = "".join("a" if _belongs_to_letter(c) else c for c in normalised)
    tokens: list[tuple[str, int, int, int, int]] = []
    size = len(normalised)
    hyphen = acronym = False
    for match in _TOKEN.finditer(pattern):
        begin, end = match.span()
        kind = match.lastgroup
        form = normalised[begin:end]
        spaced = (SPACE_BEFORE if begin == 0 or pattern[begin - 1].isspace() else 0) | (
            SPACE_AFTER if end == size or pattern[end].isspace() else 0
        )
        # "U.S.-backed": the full stop of an acronym is part of the word before the hyphen.
        after_word = begin > 0 and (pattern[begin - 1].isalnum() or (acronym and pattern[begin - 1] == "."))
        inside = after_word and end < size and pattern[end].isalnum()
        acronym = kind == "dotted"
        if kind == "hyphen" or form in ("–", "/"):
            if inside:
                hyphen = True
                continue
            if form == "/":
                tokens.append((form, starts[begin], ends[end - 1], 0, spaced))
                continue
            form, kind = ("—", "dash") if spaced == SPACE_BEFORE | SPACE_AFTER or kind == "dash" else ("-", "other")
        place = spaced | (HYPHENATED if hyphen else 0)
        hyphen = False
        if kind in ("word", "number", "dotted"):
            form = _unify_apostrophes(form)
            parts = _CLITIC.match(form) if kind != "dotted" else None
            if parts:
                cut = begin + parts.end(1)
                head = parts.group(1)
                tokens.append((head, starts[begin], ends[cut - 1], _word_flags(head), place & ~SPACE_AFTER))
                tail = "'" + parts.group(2)
                tokens.append((tail, starts[cut], ends[end - 1], WORD | CLITIC, place & SPACE_AFTER))
                continue
            if kind == "dotted":
                form = form if form.endswith(".") else form + "."
                tokens.append((form, starts[begin], ends[end - 1], _word_flags(form) | DOTTED, place))
                continue
            tokens.append((form, starts[begin], ends[end - 1], _word_flags(form), place))
            continue
        form = {"ellipsis": "…", "dash": "—", "double": '"'}.get(kind or "", form)
        tokens.append((form, starts[begin], ends[end - 1], _mark_flags(form), place))
    return tokens


@lru_cache(maxsize=4096)
def _mark_flags(mark: str) -> int:
    return (
        (TERMINAL if mark in _TERMINALS else 0)
        | (OPENER if mark in _OPENERS else 0)
        | (CLOSER if mark in _CLOSERS else 0)
    )


def _belongs_to_letter(character: str) -> bool:
    return _is_mark(character) or character in "\u200c\u200d"  # joiners that `normalise` kept


def _drop_stray_marks(normalised: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Drop marks and joiners that follow no letter or digit, but an emoji or an ideograph, say: they are no words."""
    kept: list[int] = []
    after_letter = False
    for place, character in enumerate(normalised):
        if not _belongs_to_letter(character):
            after_letter = character.isalnum() and not _IDEOGRAPH.match(character)
        elif not after_letter:
            continue
        kept.append(place)
    if len(kept) == len(normalised):
        return normalised, starts, ends
    return "".join(normalised[i] for i in kept), [starts[i] for i in kept], [ends[i] for i in kept]


def _unify_apostrophes(form: str) -> str:
    if form.isascii():
        return form
    for apostrophe in APOSTROPHES[1:]:
        form = form.replace(apostrophe, "'")
    return form


def _word_flags(form: str) -> int:
    first = form[0]
    flags = WORD
    if first.isupper():
        flags |= CAPITAL
        if len(form) > 1 and form.isupper():
            flags |= UPPER
    elif first.isdigit():
        flags |= DIGIT
    return flags


class Vocabulary:
    """Distinct chunks with their tokens, and the distinct forms: grows as texts are read, and is kept between
    batches.

    Attributes
    ----------
    forms : Forms
    chunks : list of str
        Each with the white space behind it, in the order of their numbers.
    """

    def __init__(self) -> None:
        self.forms = Forms()
        self.chunks: list[str] = []
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, npt.NDArray[Any] | None] = dict.fromkeys(
            ("form", "start", "end", "flags", "first", "count", "length", "lines"), None
        )
        self._tokens = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, chunks: list[str]) -> IntArray:
        """Return the number of each chunk, entering the new ones. Shape (chunks,)."""
        known: list[int | None] = list(map(self._numbers.get, chunks))
        new: list[_Chunk] = []
        if None in known:
            for place, number in enumerate(known):
                if number is None:  # the chunks of a batch are distinct, so each is new only once
                    chunk = chunks[place]
                    known[place] = self._numbers[chunk] = len(self._numbers)
                    self.chunks.append(chunk)
                    new.append(self._read(chunk))
            self._store(new)
        numbers = np.array(known, dtype=np.int32)
        return numbers

    def _read(self, chunk: str) -> _Chunk:
        plain = _PLAIN.fullmatch(chunk)
        if plain:  # most chunks: a bare ASCII word, perhaps one mark behind it
            word, mark, space = plain.groups()
            end = len(word)
            lines = space.count("\n")
            form = self.forms.add(word, _word_flags(word))
            if not mark:
                return _Chunk([form], [0], [end], [SPACE_BEFORE | SPACE_AFTER], len(chunk), lines)
            second = self.forms.add(mark, _mark_flags(mark))
            return _Chunk([form, second], [0, end], [end, end + 1], [SPACE_BEFORE, SPACE_AFTER], len(chunk), lines)
        common = _COMMON.match(chunk)
        if common and not (common[4] and (common[5] == "t" or common[3])) and ".." not in chunk and "..." not in chunk:
            return self._read_common(common, len(chunk))
        tokens = tokenise(chunk)
        flags = [t[4] for t in tokens]
        line, after = 0, len(_NEWLINE.findall(chunk, tokens[-1][2])) if tokens else len(_NEWLINE.findall(chunk))
        for i, (_, start, _, _, _) in enumerate(tokens):
            # White space that is not ASCII does not part chunks, so a line may begin inside one.
            breaks = len(_NEWLINE.findall(chunk, line, start))
            if breaks:
                flags[i] |= LINE_BEFORE | (PARAGRAPH_BEFORE if breaks > 1 else 0)
            line = start
        return _Chunk(
            [self.forms.add(t[0], t[3]) for t in tokens],
            [t[1] for t in tokens],
            [t[2] for t in tokens],
            flags,
            len(chunk),
            after,
        )

    def _read_common(self, match: re.Match[str], length: int) -> _Chunk:
        opening, word, tail, _, clitic, marks, space = match.groups()
        add = self.forms.add
        forms, starts, ends, flags = [], [], [], []
        position = 0
        if opening:
            forms.append(add(opening, _mark_flags(opening)))
            starts.append(0)
            ends.append(1)
            flags.append(0)
            position = 1
        for number, part in enumerate([word, *tail.split("-")[1:]]):
            position += number > 0
            forms.append(add(part, _word_flags(part)))
            starts.append(position)
            position += len(part)
            ends.append(position)
            flags.append(HYPHENATED if number else 0)
        if clitic:
            forms.append(add("'" + clitic, WORD | CLITIC))
            starts.append(position)
            position += 1 + len(clitic)
            ends.append(position)
            flags.append(0)
        for mark in marks:
            forms.append(add(mark, _mark_flags(mark)))
            starts.append(position)
            position += 1
            ends.append(position)
            flags.append(0)
        flags[0] |= SPACE_BEFORE
        flags[-1] |= SPACE_AFTER
        return _Chunk(forms, starts, ends, flags, length, space.count("\n"))

    def _store(self, new: list[_Chunk]) -> None:
        known = len(self._numbers) - len(new)
        counts = np.array([len(c.forms) for c in new], dtype=np.int32)
        firsts = self._tokens + np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int32)
        rows: dict[str, npt.NDArray[Any]] = {
            "first": firsts,
            "count": counts,
            "length": np.array([c.length for c in new], dtype=np.int32),
            "lines": np.array([min(c.lines_after, 2) for c in new], dtype=np.int32),
        }
        for name, values in rows.items():
            self._columns[name] = _append(self._columns[name], known, values)
        flat: dict[str, npt.NDArray[Any]] = {
            "form": np.array([f for c in new for f in c.forms], dtype=np.int32),
            "start": np.array([s for c in new for s in c.starts], dtype=np.int32),
            "end": np.array([e for c in new for e in c.ends], dtype=np.int32),
            "flags": np.array([f for c in new for f in c.flags], dtype=np.uint16),
        }
        for name, values in flat.items():
            self._columns[name] = _append(self._columns[name], self._tokens, values)
        self._tokens += int(counts.sum())

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return one column of the chunk table (first, count, length, lines) or of its tokens (form, start, end,
        flags)."""
        array = self._columns[name]
        assert array is not None
        return array


class PerChunk(_PerEntry[Vocabulary]):
    """An array with one entry a distinct chunk, see `_PerEntry`: what depends on its printed characters only."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of several texts (segments), one behind the other.

    Attributes
    ----------
    vocabulary : Vocabulary
    number : int32 array (chunks,)
        Number of the chunk in the vocabulary.
    first : int64 array (chunks + 1,)
        Chunk c holds the tokens `first[c]:first[c + 1]`; none where it is white space or invisible characters only.
    bounds : int64 array (segments + 1,)
        Segment s holds the chunks `bounds[s]:bounds[s + 1]`.
    """

    vocabulary: Vocabulary
    number: IntArray
    first: LongArray
    bounds: LongArray

    def __len__(self) -> int:
        return len(self.number)

    def of(self, token: LongArray) -> LongArray:
        """Return the place of the chunk that each token stands in."""
        return np.searchsorted(self.first, token, side="right") - 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several texts (segments), one behind the other.

    Attributes
    ----------
    forms : Forms
    form : int32 array (tokens,)
        Number of the token's form.
    start, end : int32 arrays (tokens,)
        Character offsets into the token's own segment.
    flags : uint16 array (tokens,)
        SPACE_BEFORE, SPACE_AFTER, HYPHENATED, LINE_BEFORE, PARAGRAPH_BEFORE.
    bounds : int64 array (segments + 1,)
        Segment s holds the tokens `bounds[s]:bounds[s + 1]`.
    chunks : Chunks
    """

    forms: Forms
    form: IntArray
    start: IntArray
    end: IntArray
    flags: FlagArray
    bounds: LongArray
    chunks: Chunks

    def __len__(self) -> int:
        return len(self.form)

    def form_flags(self) -> FlagArray:
        """Return the flags of each token's form. Shape (tokens,)."""
        flags: FlagArray = self.forms.flag_array()[self.form] if len(self.forms) else np.zeros(0, dtype=np.uint16)
        return flags

    def segment(self) -> IntArray:
        """Return the number of each token's segment. Shape (tokens,)."""
        return np.repeat(np.arange(len(self.bounds) - 1, dtype=np.int32), np.diff(self.bounds))


def read_tokens(texts: Sequence[str], vocabulary: Vocabulary) -> Tokens:
    """Split texts into tokens.

    Parameters
    ----------
    texts : sequence of str
        Segments; lone surrogates are not allowed (ingest replaces them).
    vocabulary : Vocabulary
        Grows by the chunks that are new.

    Returns
    -------
    Tokens
        `texts[s][start:end]` is the token as printed.
    """
    array = pa.array(texts, pa.large_string())
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int64)[: len(texts) + 1]
    raw = array.buffers()[2]
    size = int(offsets[-1]) if len(texts) else 0
    if size == 0:
        empty = np.zeros(0, dtype=np.int32)
        bounds = np.zeros(len(texts) + 1, dtype=np.int64)
        chunks = Chunks(vocabulary, empty, np.zeros(1, dtype=np.int64), bounds)
        return Tokens(vocabulary.forms, empty, empty, empty, np.zeros(0, dtype=np.uint16), bounds, chunks)
    space = _SPACES[np.frombuffer(raw, dtype=np.uint8)[:size]]
    begins = np.empty(size, dtype=bool)
    begins[0] = True
    np.greater(space[:-1], space[1:], out=begins[1:])  # a chunk begins where white space ends
    begins[offsets[:-1][offsets[:-1] < size]] = True  # and where a segment begins
    chunk_bytes = np.append(np.flatnonzero(begins), size)
    distinct = pa.LargeStringArray.from_buffers(
        len(chunk_bytes) - 1, pa.py_buffer(chunk_bytes.astype(np.int64)), raw
    ).dictionary_encode()
    numbers = vocabulary.number(distinct.dictionary.to_pylist())
    chunk = numbers[distinct.indices.to_numpy(zero_copy_only=False)]
    return _expand(chunk, np.searchsorted(chunk_bytes[:-1], offsets), vocabulary)


def _expand(chunk: IntArray, chunk_bounds: LongArray, vocabulary: Vocabulary) -> Tokens:
    """From the chunks of a batch to its tokens. `chunk_bounds[s]` is the first chunk of segment s."""
    count = vocabulary.column("count")[chunk].astype(np.int64)
    length = vocabulary.column("length")[chunk].astype(np.int64)
    lines = vocabulary.column("lines")[chunk]
    begin = np.concatenate(([0], np.cumsum(length)))
    begin = begin[:-1] - np.repeat(begin[chunk_bounds[:-1]], np.diff(chunk_bounds))  # relative to the segment
    token_bounds = np.concatenate(([0], np.cumsum(count)))
    which = np.repeat(vocabulary.column("first")[chunk] - token_bounds[:-1], count) + np.arange(token_bounds[-1])
    offset = np.repeat(begin, count)
    start = (vocabulary.column("start")[which] + offset).astype(np.int32)
    end = (vocabulary.column("end")[which] + offset).astype(np.int32)
    form = vocabulary.column("form")[which]
    flags = vocabulary.column("flags")[which]
    bounds = token_bounds[chunk_bounds]
    # Line breaks behind a chunk belong to the next token, even when chunks without tokens stand between.
    broken = np.concatenate(([0], np.cumsum(lines)))[:-1]
    total = np.repeat(broken, count)
    step = np.diff(total, prepend=0)
    first = np.zeros(len(form) + 1, dtype=bool)
    first[bounds] = True
    first = first[:-1]
    flags[(step > 0) | first] |= LINE_BEFORE
    flags[(step > 1) | first] |= PARAGRAPH_BEFORE
    chunks = Chunks(vocabulary, chunk, token_bounds, chunk_bounds)
    tokens = Tokens(vocabulary.forms, form, start, end, flags, bounds, chunks)
    _mark_paragraphs(tokens, first)
    return tokens


def _mark_paragraphs(tokens: Tokens, first: BoolArray) -> None:
    """Let every line break begin a paragraph, except in segments that are hard-wrapped.

    A segment counts as hard-wrapped when it has four single line breaks or more, half of them inside a sentence, and
    four fifths of its broken lines are 40 to 100 characters long: the widths that mail and terminal editors wrap to.
    """
    line = np.flatnonzero(tokens.flags & LINE_BEFORE)
    if not len(line):
        return
    single = line[(tokens.flags[line] & PARAGRAPH_BEFORE) == 0]
    segments = len(tokens.bounds) - 1
    wrapped = np.zeros(segments, dtype=bool)
    if len(single):
        segment = tokens.segment()
        before = tokens.form_flags()[single - 1]
        inside = (before & (TERMINAL | CLOSER)) == 0
        width = tokens.end[single - 1] - tokens.start[line[np.searchsorted(line, single) - 1]]
        fits = (width >= 40) & (width <= 100)
        where = segment[single]
        breaks = np.bincount(where, minlength=segments)
        wrapped = (
            (breaks >= 4)
            & (np.bincount(where, inside, segments) >= 0.5 * breaks)
            & (np.bincount(where, fits, segments) >= 0.8 * breaks)
        )
        tokens.flags[single[~wrapped[where]]] |= PARAGRAPH_BEFORE


# Abbreviations that stand before a name or a number, so that no sentence ends with them.
TITLES = frozenset(
    "mr mrs ms mx dr prof rev fr sr jr st ste gen lt col maj capt cmdr cpl sgt pvt adm brig gov"
    " sen rep reps sens hon pres amb supt det insp"
    " no nos vs fig art mt ft messrs mme mlle v cf al ed eds vol pp dept univ assn approx".split()
)
# Abbreviations that may end a sentence: they do so before one of the usual first words of a sentence.
ABBREVIATIONS = frozenset(
    "inc corp co ltd llc bros plc etc jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs"
    " fri sat sun ave blvd rd"
    " ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla"
    " ore pa tenn tex va vt wash wis wyo"
    " ala ph.d est".split()
)
SENTENCE_OPENERS = frozenset(
    "the a an he she it they we you i in on at but and or so if when while as after before since for from"
    " with this that these those there"
    " his her its their our my what who why how where however although though because yet still now then not"
    " no one some many most all"
    " meanwhile also both other another such more under by to last president police".split()
)


TITLE, ABBREVIATED, FIRST_WORD, INITIAL = 1, 2, 4, 8


def boundary_classes(forms: Forms, first: int) -> list[int]:
    """Return for each form what it means to sentence boundaries.

    TITLE, ABBREVIATED (other abbreviations and dotted acronyms), FIRST_WORD (usual first word of a sentence) and
    INITIAL (a single capital letter other than I), as bits.
    """
    values = []
    for text, folded, flags in zip(forms.text[first:], forms.folded[first:], forms.flags[first:], strict=True):
        value = 0
        if folded in TITLES:
            value |= TITLE
        if folded in ABBREVIATIONS or flags & DOTTED:
            value |= ABBREVIATED
        if folded in SENTENCE_OPENERS:
            value |= FIRST_WORD
        if len(text) == 1 and flags & CAPITAL and text not in "I":
            value |= INITIAL
        values.append(value)
    return values


class Splitter:
    """Finds sentences by rules: full stops and their like, abbreviations, and what begins the next sentence."""

    def __init__(self) -> None:
        self._classes = PerForm(boundary_classes, np.uint8)

    def __call__(self, tokens: Tokens) -> LongArray:
        """Return the number of the first token of each sentence, ascending. Shape (sentences,).

        A sentence ends at . ! ? or an ellipsis (with closing marks behind it) before white space and a capital, a
        digit or an opening mark; and at every paragraph. Full stops of titles ("Gen.") and initials do not count,
        those of other abbreviations ("Inc.", "U.S.") only before a usual first word ("The").
        """
        size = len(tokens)
        if size == 0:
            return np.zeros(0, dtype=np.int64)
        kind = tokens.form_flags()
        classes = self._classes(tokens.forms)[tokens.form]
        begins = (tokens.flags & PARAGRAPH_BEFORE) != 0
        stop = np.flatnonzero((kind & (TERMINAL | DOTTED)) != 0)
        last = stop.copy()
        # Closing marks right behind the stop belong to the sentence.
        for _ in range(3):
            following = np.minimum(last + 1, size - 1)
            closes = (
                (last + 1 < size)
                & ((kind[following] & (CLOSER | TERMINAL)) != 0)
                & ((tokens.flags[following] & SPACE_BEFORE) == 0)
                & ~begins[following]
            )
            last = np.where(closes, following, last)
        following = last + 1
        keep = following < size
        stop, last, following = stop[keep], last[keep], following[keep]
        # The first word after marks that open.
        word = following.copy()
        for _ in range(2):
            opens = (kind[word] & OPENER) != 0
            word = np.where(opens & (word + 1 < size), word + 1, word)
        starts = ((kind[word] & (CAPITAL | DIGIT)) != 0) | ((kind[following] & OPENER) != 0)
        spaced = (tokens.flags[following] & SPACE_BEFORE) != 0
        before = np.maximum(stop - 1, 0)
        touching = (tokens.flags[stop] & SPACE_BEFORE) == 0
        full_stop = self._full_stop(tokens)[stop]
        title = full_stop & touching & ((classes[before] & TITLE) != 0) & (last == stop)
        initial = full_stop & touching & ((classes[before] & INITIAL) != 0) & (last == stop)
        dotted = (kind[stop] & DOTTED) != 0
        weak = (full_stop & touching & ((classes[before] & ABBREVIATED) != 0)) | dotted
        # "U.S. President" goes on; "in the U.S. The" does not; a closing mark behind the stop ends the sentence.
        weak_ends = ((classes[word] & FIRST_WORD) != 0) | (last > stop)
        ends = starts & spaced & ~title & ~initial & (~weak | weak_ends)
        begins = begins.copy()
        begins[following[ends]] = True
        begins[tokens.bounds[:-1][tokens.bounds[:-1] < size]] = True
        return np.flatnonzero(begins)

    def _full_stop(self, tokens: Tokens) -> BoolArray:
        number = tokens.forms.index.get(".", -1)
        return np.asarray(tokens.form == number)
