"""Texts that come from articles and tables, made fit to be drawn: clean, short enough, wrapped."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from framing.charts.fonts import text_width
from framing.charts.theme import Theme

ELLIPSIS = "…"
NO_BREAK_SPACE = "\u00a0"
UNNAMED = "(no name)"
_JOINERS = "\u200c\u200d"  # Persian and Indic spelling needs them
_DROPPED = {"Cc", "Cs", "Cf", "Co", "Cn"}  # control, surrogate, format, private, unassigned
_MARKS_KEPT = 3  # combining marks on one letter; Vietnamese and Hebrew use two or three, a prank uses fifty


def clean(text: object) -> str:
    """Make a text safe to draw: what an SVG forbids or a font cannot show is removed, white space is single spaces.

    Removed are control characters (they make an SVG unreadable), surrogates, private and unassigned characters,
    invisible format characters (direction overrides turn a label round) and piles of combining marks. A no-break
    space stays. Nothing left, or None: "(no name)".
    """
    if text is None:
        return UNNAMED
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", str(text)):
        category = unicodedata.category(character)
        if character in "\t\n\r\v\f" or (category.startswith("Z") and character != NO_BREAK_SPACE):
            kept.append(" ")
        elif category in _DROPPED and character not in _JOINERS:
            continue
        elif category in ("Mn", "Me"):
            marks += 1
            if marks <= _MARKS_KEPT:
                kept.append(character)
            continue
        else:
            kept.append(character)
        marks = 0
    result = " ".join(part for part in "".join(kept).split(" ") if part)
    return result if result.strip(_JOINERS + NO_BREAK_SPACE) else UNNAMED


def shorten(text: str, width: float, size: float, theme: Theme, bold: bool = False, middle: bool = False) -> str:
    """Cut a clean text so that it is at most `width` points wide, with an ellipsis at its end, or in its `middle`.

    A width that no letter fits in gives the ellipsis alone.
    """
    if text_width(text, size, theme, bold) <= width:
        return text
    low, high = 0, len(text) - 1  # number of characters kept; the width grows with it
    while low < high:
        kept = (low + high + 1) // 2
        if text_width(_cut(text, kept, middle), size, theme, bold) <= width:
            low = kept
        else:
            high = kept - 1
    return _cut(text, low, middle)


def _cut(text: str, kept: int, middle: bool) -> str:
    tail = kept // 2 if middle else 0
    return text[: kept - tail].rstrip() + ELLIPSIS + (text[len(text) - tail :].lstrip() if tail else "")


def distinct_labels(names: Sequence[object], width: float, size: float, theme: Theme) -> list[str]:
    """Clean and shorten names so that no two of them end up alike.

    Names that share a long beginning are cut in the middle; those still alike are numbered.
    """
    cleaned = [clean(name) for name in names]
    labels = [shorten(name, width, size, theme) for name in cleaned]
    alike = {label for label in labels if labels.count(label) > 1}
    labels = [
        shorten(name, width, size, theme, middle=True) if label in alike else label
        for name, label in zip(cleaned, labels, strict=True)
    ]
    seen: dict[str, int] = {}
    for index, label in enumerate(labels):
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            number = f"{NO_BREAK_SPACE}({seen[label]})"
            room = width - text_width(number, size, theme)
            labels[index] = shorten(label, room, size, theme) + number
    return labels


def wrap_evenly(text: str, width: float, size: float, theme: Theme, bold: bool = False) -> list[str]:
    """Break a clean text into as few lines as `wrap` does, narrower where the last line would be a word on its own."""
    lines = wrap(text, width, size, theme, bold)
    narrower, narrow = lines, width
    while len(narrower) == len(lines) > 1 and narrow > width / 2:
        lines = narrower
        if text_width(lines[-1], size, theme, bold) >= width / 3:
            break
        narrow -= size / 2
        narrower = wrap(text, narrow, size, theme, bold)
    return lines


def wrap(
    text: str, width: float, size: float, theme: Theme, bold: bool = False, max_lines: int | None = None
) -> list[str]:
    """Break a clean text into lines of at most `width` points, at spaces, or inside a word that is wider than a line.

    With `max_lines`, what is left over is cut with an ellipsis. The empty text gives no line.
    """
    lines: list[str] = []
    line = ""
    for word in (part for part in text.split(" ") if part):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, theme, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while len(word) > 1 and text_width(word, size, theme, bold) > width:
            head = max(1, len(shorten(word, width, size, theme, bold)) - 1)
            lines.append(word[:head])
            word = word[head:]
        line = word
    if line:
        lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        rest = " ".join(lines[max_lines - 1 :])
        lines = [*lines[: max_lines - 1], shorten(rest, width, size, theme, bold)]
    return lines
