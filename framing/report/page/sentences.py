"""A sentence as a report shows it: cut where it is too long, with what was counted in it marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from framing.report.wording import visible

LONGEST = 420  # characters of a sentence; a longer one is cut around the mention


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a shown sentence stands: from `low` to `high` of a headline or text, for the mention from `start` to
    `end`."""

    article: str
    headline: bool
    low: int
    high: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what was counted in it, and where it was printed.

    `parts` are (text, voice): voice "" for what stands between the mentions. `voice` and `weight` are those of the
    mention for which it is shown.
    """

    parts: tuple[tuple[str, str], ...]
    voice: str
    weight: float
    section: str
    outlet: str
    date: str
    title: str
    url: str
    genre: str
    spot: Spot

    @property
    def marked(self) -> tuple[tuple[str, str], ...]:
        """What was counted in it: words and their voice."""
        return tuple((text, voice) for text, voice in self.parts if voice)

    @property
    def text(self) -> str:
        """The sentence as it is shown."""
        return "".join(text for text, _ in self.parts)


def show_sentence(
    article: Mapping[str, Any],
    section: str,
    text: str,
    bounds: tuple[int, int],
    window: tuple[int, int],
    mention: tuple[int, int, str, float],
    marks: Iterable[tuple[int, int, str]],
) -> tuple[Sentence, int]:
    """Return a sentence with its mentions marked, and how many of them are to be seen.

    Parameters
    ----------
    article : mapping
        With id, outlet, date, title, url and genre.
    text : str
        Its text, or its headline where the section is "headline".
    bounds, window : (int, int)
        Offsets of the sentence, and of the part of it that is shown; see `find_window`.
    mention : (start, end, voice, weight)
        For which it is shown.
    marks : iterable of (start, end, voice)
        See `split_at_marks`.
    """
    start, end, voice, weight = mention
    parts, shown = split_at_marks(text, bounds, window, marks)
    spot = Spot(str(article["id"]), section == "headline", *window, start, end)
    return Sentence(parts, voice, weight, section, *printed_in(article), spot), shown


def printed_in(article: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    """Return where a sentence was printed: outlet, date, title, address and genre of its article, "" where unknown."""
    url, genre = article.get("url") or "", article.get("genre") or ""
    return article["outlet"], article["date"] or "", article["title"] or "", url, genre


def split_at_marks(
    text: str, sentence: tuple[int, int], window: tuple[int, int], marks: Iterable[tuple[int, int, str]]
) -> tuple[tuple[tuple[str, str], ...], int]:
    """Cut the shown part of a sentence at its marks.

    Parameters
    ----------
    sentence, window : (int, int)
        Offsets of the sentence, and of the part of it that is shown.
    marks : iterable of (start, end, voice)
        In the order of the text, the longer first where two start together; those not wholly shown are left out.

    Returns
    -------
    tuple of (str, str), int
        Parts as in `Sentence`, with an ellipsis where the sentence is cut; and how many marks are to be seen.
    """
    (first, last), (low, high) = sentence, window
    parts: list[tuple[str, str]] = [("… ", "")] if low > first else []
    at, shown = low, 0
    for start, end, voice in marks:
        if start < low or end > high:
            continue
        shown += 1
        if start >= at:  # what lies inside another mention is marked with it
            parts += [(single_spaced(text[at:start]), ""), (single_spaced(text[start:end]), voice)]
            at = end
    parts += [(single_spaced(text[at:high]), ""), (" …" if high < last else "", "")]
    return tuple(p for p in parts if p[0]), shown


def find_window(text: str, first: int, last: int, start: int, end: int, longest: int = LONGEST) -> tuple[int, int]:
    """Return which part of a long sentence to show: around a mention, cut at white space where there is some."""
    if last - first <= longest:
        return first, last
    room = max(0, longest - (end - start))
    low = max(first, start - max(room // 2, room - (last - end)))
    high = min(last, end + max(room // 2, room - (start - low)))
    if low > first:
        low = next((i + 1 for i in range(low, start) if text[i].isspace()), low)
    if high < last:
        high = next((i - 1 for i in range(high, end, -1) if text[i - 1].isspace()), high)
    return low, high


def single_spaced(text: str) -> str:
    """Make white space single, and keep one space at an end that has any."""
    text = visible(text)
    plain = " ".join(text.split())
    if not plain:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + plain + (" " if text[-1].isspace() else "")
