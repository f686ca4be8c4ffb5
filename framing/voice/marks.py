"""Quotation marks: which pairs belong together, over sentences and paragraphs, nested and unclosed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import (
    CLOSER,
    DIGIT,
    OPENER,
    PARAGRAPH_BEFORE,
    SPACE_AFTER,
    SPACE_BEFORE,
    TERMINAL,
    WORD,
    BoolArray,
    Forms,
    IntArray,
    LongArray,
    PerForm,
    Tokens,
)

# What a form is as a quotation mark. STRAIGHT marks open or close by their place, the others by their shape.
STRAIGHT, LEFT, RIGHT, LOW, SINGLE_STRAIGHT, SINGLE_LEFT, SINGLE_RIGHT = 1, 2, 3, 4, 5, 6, 7
_MARKS = {
    **dict.fromkeys('"″', STRAIGHT),
    **dict.fromkeys("“‟«「『", LEFT),
    **dict.fromkeys("”»」』", RIGHT),
    "„": LOW,
    **dict.fromkeys("'′", SINGLE_STRAIGHT),
    **dict.fromkeys("`‘‚‹", SINGLE_LEFT),
    **dict.fromkeys("’›", SINGLE_RIGHT),
}
# Words that are written with an apostrophe in front: no quotation begins there.
_CLIPPED = frozenset("em til till tis twas cause cuz bout n nuff round neath s".split())
_BREAKS_BEFORE = frozenset("([{—-/:…")  # an opening mark may stand right behind these
RUN_ON_PARAGRAPHS = 6  # how far an unclosed quotation may run to a closing mark that nothing opened
_MARK, _CLIPPED_WORD, _GLUE, _DASH = 0, 8, 16, 32


def _classify(forms: Forms, first: int) -> list[int]:
    values = []
    for text, folded, flags in zip(forms.text[first:], forms.folded[first:], forms.flags[first:], strict=True):
        value = _MARKS.get(text, 0)
        if folded in _CLIPPED or (flags & DIGIT and folded.endswith("s")):
            value |= _CLIPPED_WORD
        if text in _BREAKS_BEFORE:
            value |= _GLUE
        values.append(value)
    return values


@dataclass(frozen=True, slots=True)
class Quotations:
    """Outermost quotations, ascending; one row for each paragraph that a quotation runs through.

    Attributes
    ----------
    start, end : int64 arrays (quotations,)
        Tokens between the marks, end exclusive.
    opens, closes : int64 arrays (quotations,)
        Tokens of the marks, -1 where there is none.
    single : bool array (quotations,)
        Whether the marks are single.
    """

    start: LongArray
    end: LongArray
    opens: LongArray
    closes: LongArray
    single: BoolArray

    def __len__(self) -> int:
        return len(self.start)


class QuotationFinder:
    """Pairs quotation marks."""

    def __init__(self) -> None:
        self.classes = PerForm(_classify, np.uint8)

    def __call__(self, tokens: Tokens, sentence_end: LongArray) -> Quotations:
        """Find the outermost quotations.

        Parameters
        ----------
        tokens : Tokens
        sentence_end : int64 array (tokens,)
            Token behind the last token of each token's sentence.
        """
        size = len(tokens)
        value = self.classes(tokens.forms)[tokens.form] if size else np.zeros(0, dtype=np.uint8)
        mark = (value & 7).astype(np.uint8)
        place = np.flatnonzero(mark)
        if not len(place):
            none = np.zeros(0, dtype=np.int64)
            return Quotations(none, none, none, none, np.zeros(0, dtype=bool))
        kind = tokens.form_flags()
        before = np.maximum(place - 1, 0)
        after = np.minimum(place + 1, size - 1)
        space_before = (tokens.flags[place] & SPACE_BEFORE) != 0
        space_after = (tokens.flags[place] & SPACE_AFTER) != 0
        paragraph = np.cumsum((tokens.flags & PARAGRAPH_BEFORE) != 0)
        first = (tokens.flags[place] & PARAGRAPH_BEFORE) != 0
        last = (place == size - 1) | (paragraph[after] != paragraph[place])
        free_left = (
            space_before | first | ((value[before] & _GLUE) != 0) | ((kind[before] & (OPENER | CLOSER)) == OPENER)
        )
        free_right = space_after | last | (((kind[after] & WORD) == 0) & ((kind[after] & (OPENER | CLOSER)) != OPENER))
        digit_before = ((kind[before] & DIGIT) != 0) & ~space_before & ~first
        # 1 may open, 2 may close
        side = np.where(free_left & ~free_right, 1, np.where(free_right & ~free_left, 2, 3))
        begins = np.append(np.flatnonzero(tokens.flags & PARAGRAPH_BEFORE), size)
        stop_before = ((kind[before] & TERMINAL) != 0) & ~first
        text = tokens.segment()[begins[:-1]]
        rows = _pair_double(
            place, mark[place], side, first, paragraph[place] - 1, digit_before, stop_before, begins, text, sentence_end
        )
        clipped = (value[after] & _CLIPPED_WORD) != 0
        plural = ((kind[before] & WORD) != 0) & ~space_before
        lower_after = space_after & ((kind[after] & WORD) != 0) & ~last
        rows += _pair_single(
            place, mark[place], free_left & ~space_after, free_right & ~free_left, clipped, plural & lower_after,
            paragraph[place], rows,
        )  # fmt: skip
        return _outermost(rows)


Row = tuple[int, int, int, int, bool]


def _pair_double(
    place: LongArray,
    mark: npt.NDArray[np.uint8],
    side: LongArray,
    first: BoolArray,
    paragraph: LongArray,
    digit_before: BoolArray,
    stop_before: BoolArray,
    begins: LongArray,
    text: IntArray,
    sentence_end: LongArray,
) -> list[Row]:
    """Pair double marks in one pass.

    `begins` holds the first token of each paragraph, and the number of tokens; `text` the segment of each paragraph,
    which no quotation leaves.
    """
    keep = np.flatnonzero(mark < SINGLE_STRAIGHT)
    # How many straight marks the paragraph still holds, this one counted: tells a closing mark with a space before
    # it from an opening one.
    straight = mark[keep] == STRAIGHT
    total = np.cumsum(straight)
    last_of = np.searchsorted(paragraph[keep], paragraph[keep], side="right") - 1
    remaining = total[last_of] - total + straight
    columns = zip(
        place[keep].tolist(), mark[keep].tolist(), side[keep].tolist(), first[keep].tolist(), paragraph[keep].tolist(),
        digit_before[keep].tolist(), (stop_before[keep] & (remaining % 2 == 1)).tolist(), strict=True,
    )  # fmt: skip
    rows: list[Row] = []
    stack: list[tuple[int, int]] = []  # open marks of this paragraph: token, kind
    inner: list[Row] = []  # closed pairs inside the lowest open mark
    here, opened_first = -1, False

    def leave(next_first: bool, closes: int) -> None:
        """End a paragraph with open marks; `closes` is the paragraph of a closing mark that nothing opened, or -1."""
        token, _ = stack[0]
        end = int(begins[here + 1])
        if closes >= 0:
            rows.append((token + 1, end, token, -1, False))
            rows.extend((int(begins[p]), int(begins[p + 1]), -1, -1, False) for p in range(here + 1, closes))
        elif next_first or (opened_first and len(stack) == 1 and not inner):
            rows.append((token + 1, end, token, -1, False))
        elif inner:
            rows.extend(inner)
        else:
            rows.append((token + 1, int(sentence_end[token]), token, -1, False))
        stack.clear()
        inner.clear()

    for token, kind, way, is_first, number, after_digit, may_close in columns:
        if number != here:
            if stack:
                # The quotation may run on to a closing mark some paragraphs further down.
                closes = kind == RIGHT or (kind == STRAIGHT and way == 2)
                closes &= bool(text[number] == text[here])
                runs_on = (
                    closes and (opened_first or (len(stack) == 1 and not inner)) and number - here <= RUN_ON_PARAGRAPHS
                )
                follows = number == here + 1 and bool(text[number] == text[here])
                leave(is_first and follows, number if runs_on else -1)
                if runs_on:
                    rows.append((int(begins[number]), token, -1, token, False))
                    here = number
                    continue
            here, opened_first = number, False
        if kind == STRAIGHT:
            if after_digit and not stack:
                continue
            opening = way == 1 or (way == 3 and not stack)
            if opening and len(stack) == 1 and stack[0][1] == STRAIGHT and may_close:
                opening = False  # "We go. " She left: a space has slipped in before the closing mark
        elif kind == LEFT:
            opening = not (stack and stack[-1][1] == LOW)
            if opening and way == 2 and stack:
                opening = False  # a left mark set where only a right one makes sense
        elif kind == LOW:
            opening = True
        else:
            opening = way == 1 and not stack
        if opening:
            if not stack:
                opened_first = is_first
            stack.append((token, kind))
        elif stack:
            begun, _ = stack.pop()
            if stack:
                inner.append((begun + 1, token, begun, token, False))
            else:
                rows.append((begun + 1, token, begun, token, False))
                inner.clear()
    if stack:
        leave(False, -1)
    return rows


def _pair_single(
    place: LongArray,
    mark: npt.NDArray[np.uint8],
    may_open: BoolArray,
    may_close: BoolArray,
    clipped: BoolArray,
    possessive: BoolArray,
    paragraph: LongArray,
    doubles: list[Row],
) -> list[Row]:
    """Pair single marks outside double ones; an apostrophe behind a plural is passed over for a better mark."""
    single = mark >= SINGLE_STRAIGHT
    if doubles and single.any():
        bounds = np.array([(r[2], r[1]) for r in doubles]).reshape(-1, 2)
        bounds = bounds[np.argsort(bounds[:, 0])]
        row = np.searchsorted(bounds[:, 0], place, side="right") - 1
        single &= (row < 0) | (place >= bounds[np.maximum(row, 0), 1])
    keep = np.flatnonzero(single)
    columns = zip(
        place[keep].tolist(), mark[keep].tolist(), may_open[keep].tolist(), may_close[keep].tolist(),
        clipped[keep].tolist(), possessive[keep].tolist(), paragraph[keep].tolist(), strict=True,
    )  # fmt: skip
    rows: list[Row] = []
    begun, weak, here = -1, -1, -1
    for token, kind, opens, closes, is_clipped, is_possessive, number in columns:
        if number != here or (opens and kind != SINGLE_RIGHT and weak >= 0):
            if begun >= 0 and weak >= 0:
                rows.append((begun + 1, weak, begun, weak, True))
            begun, weak, here = -1, -1, number
        if begun < 0:
            if opens and kind != SINGLE_RIGHT and not is_clipped:
                begun = token
        elif closes and kind != SINGLE_LEFT:
            if is_possessive:
                weak = token if weak < 0 else weak
            else:
                rows.append((begun + 1, token, begun, token, True))
                begun, weak = -1, -1
    if begun >= 0 and weak >= 0:
        rows.append((begun + 1, weak, begun, weak, True))
    return rows


def _outermost(rows: list[Row]) -> Quotations:
    """Sort, and drop what is empty or lies inside another."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    table = table[table[:, 1] > table[:, 0]]
    table = table[np.lexsort((-table[:, 1], table[:, 0]))]
    if len(table):
        reach = np.maximum.accumulate(table[:, 1])
        inside = np.zeros(len(table), dtype=bool)
        inside[1:] = table[1:, 0] < reach[:-1]
        table = table[~inside]
    return Quotations(table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4] != 0)
