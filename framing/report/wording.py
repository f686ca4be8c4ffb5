"""Numbers and names as a newspaper prints them: plain, rounded no further than is true, the same everywhere."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from framing.errors import InputError
from framing.report.lang import _, plural


class Spoken(Mapping[str, str]):
    """Texts by key, each in the language of the moment it is read."""

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        self._read = read

    def __getitem__(self, key: str) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


VOICE_LABELS: Mapping[str, str] = Spoken(
    lambda: {
        "own": _("own voice"),
        "quoted": _("quoted"),
        "attributed": _("attributed"),
        "scare": _("scare quotes"),
    }
)
VOICE_MEANINGS: Mapping[str, str] = Spoken(
    lambda: {
        "own": _("the outlet itself speaks"),
        "quoted": _("inside quotation marks, somebody else speaks"),
        "attributed": _("reported speech or thought: “the minister said that …”, “according to …”"),
        "scare": _("a short term alone in quotation marks, or after “so-called”: the outlet keeps its distance"),
    }
)
NONE = "–"
_SCALE_ENDS: Mapping[str, str] = Spoken(
    lambda: {
        "delegitimising": _("delegitimising"),
        "legitimising": _("legitimising"),
        "softened": _("softened"),
        "intensified": _("intensified"),
    }
)


def visible(text: object) -> str:
    """Return a text without what no page can show: control characters, surrogates, characters that are none."""
    return "".join(c for c in str(text) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def tidy(text: object) -> str:
    """Return a text fit for one line: only what is visible, white space single; "(no name)" for nothing."""
    return " ".join(visible(text).split()) or "(no name)"


def quote(text: str) -> str:
    """Return a word in quotation marks."""
    return _("“{text}”").format(text=tidy(text))


def localise(figures: str) -> str:
    """Return a number as Python prints it ("1,234.5") with the separators of the language.

    A translation says them by writing this very number its own way: "1.234,5".
    """
    before, _digits, after = _("1,234.5").partition("234")
    return figures.translate({ord(","): before.removeprefix("1"), ord("."): after.removesuffix("5")})


def whole(number: int) -> str:
    """Return a whole number: "1,204"."""
    return localise(f"{number:,}")


def count(number: int, noun: str) -> str:
    """Return "1 mention", "1,204 mentions"; `noun` is one of `NOUNS`."""
    return NOUNS[noun](number).format(number=whole(number))


NOUNS: Mapping[str, Callable[[int], str]] = {
    "article": lambda n: plural("{number} article", "{number} articles", n),
    "comparison": lambda n: plural("{number} comparison", "{number} comparisons", n),
    "event": lambda n: plural("{number} event", "{number} events", n),
    "further subject": lambda n: plural("{number} further subject", "{number} further subjects", n),
    "input": lambda n: plural("{number} input", "{number} inputs", n),
    "lexicon": lambda n: plural("{number} lexicon", "{number} lexicons", n),
    "line": lambda n: plural("{number} line", "{number} lines", n),
    "measure": lambda n: plural("{number} measure", "{number} measures", n),
    "mention": lambda n: plural("{number} mention", "{number} mentions", n),
    "more article": lambda n: plural("{number} more article", "{number} more articles", n),
    "more event": lambda n: plural("{number} more event", "{number} more events", n),
    "more measure": lambda n: plural("{number} more measure", "{number} more measures", n),
    "more outlet": lambda n: plural("{number} more outlet", "{number} more outlets", n),
    "more pair": lambda n: plural("{number} more pair", "{number} more pairs", n),
    "more side": lambda n: plural("{number} more side", "{number} more sides", n),
    "more subject": lambda n: plural("{number} more subject", "{number} more subjects", n),
    "other": lambda n: plural("{number} other", "{number} others", n),
    "other name": lambda n: plural("{number} other name", "{number} other names", n),
    "other outlet": lambda n: plural("{number} other outlet", "{number} other outlets", n),
    "outlet": lambda n: plural("{number} outlet", "{number} outlets", n),
    "phrase": lambda n: plural("{number} phrase", "{number} phrases", n),
    "sentence": lambda n: plural("{number} sentence", "{number} sentences", n),
    "subject": lambda n: plural("{number} subject", "{number} subjects", n),
    "word": lambda n: plural("{number} word", "{number} words", n),
}
"""What can be counted in a text, each with its forms for one and for many."""


def percent(share: float) -> str:
    """Return a share, 0 to 1, as a whole per cent.

    Only nothing is "0%" and only everything is "100%"; nan is a dash.
    """
    if math.isnan(share):
        return NONE
    number = f"{100 * share:.0f}"
    if number == "0" and share > 0:
        return _("<1%")
    if number == "100" and share < 1:
        return _(">99%")
    return _("{number}%").format(number=number)


def percent_interval(low: float, high: float) -> str:
    """Return "44–69%", or "<1% to 7%"; "" where there is no interval, or one without width, which says nothing about
    certainty. Bounds that would be printed alike get a decimal: "6.6–7.4%"."""
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    if any(0 < share < 0.005 or 0.995 <= share < 1 for share in (low, high)):
        return _("{low} to {high}").format(low=percent(low), high=percent(high))
    first, last = f"{100 * low:.0f}", f"{100 * high:.0f}"
    if first == last:
        first, last = localise(f"{100 * low:.1f}"), localise(f"{100 * high:.1f}")
    return _("{low}–{high}%").format(low=first, high=last)


def signed(value: float) -> str:
    """Return a value of a scale with its sign and two decimals, "−1.25"; nan is a dash."""
    if math.isnan(value):
        return NONE
    rounded = round(value, 2)
    return "0" if rounded == 0 else f"{'−' if rounded < 0 else '+'}{localise(f'{abs(rounded):.2f}')}"


def signed_interval(low: float, high: float) -> str:
    """Return "−1.50 to −0.94"; "" where there is no interval, or one without width."""
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    return _("{low} to {high}").format(low=signed(low), high=signed(high))


def weight(value: float) -> str:
    """Return a weight of a lexicon: "+1", "0", "−0.5"."""
    return "0" if value == 0 else f"{'−' if value < 0 else '+'}{localise(f'{abs(value):g}')}"


def name_end(name: str) -> str:
    """Return what the end of a scale is called; as the charts have it where there is no word for it here."""
    return _SCALE_ENDS.get(name, name)


def join(items: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return items[0] if items else ""
    return _("{items} and {last}").format(items=_(", ").join(items[:-1]), last=items[-1])


def day(text: str) -> str:
    """Return an ISO day as "4 March 2031"; anything else as it is, and "undated" for nothing."""
    if not text:
        return _("undated")
    when = _read_day(text)
    if when is None:
        return tidy(text)
    return _("{day} {month} {year}").format(day=when.day, month=_months()[when.month - 1], year=when.year)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def period(first: str, last: str) -> str:
    """Return "4 March 2031 to 26 February 2032", one day where both are the same, "undated" without any."""
    if first == last or not last:
        return day(first)
    return _("{first} to {last}").format(first=day(first), last=day(last))


def short_period(first: str, last: str) -> str:
    """Return "4–6 March 2031", "30 October to 2 November 2031": as `period`, what both days share said once."""
    start, end = _read_day(first), _read_day(last)
    if start is None or end is None or start.year != end.year or start == end:
        return period(first, last)
    month = _months()[start.month - 1]
    if start.month == end.month:
        return _("{first}–{last} {month} {year}").format(first=start.day, last=end.day, month=month, year=end.year)
    return _("{day} {month} to {last}").format(day=start.day, month=month, last=day(last))


def check_choice(kind: str, name: str, allowed: Sequence[str]) -> None:
    """Refuse a name that there is not, and say which there are.

    Raises
    ------
    InputError
    """
    if name not in allowed:
        raise InputError(f"There is no {kind} {name!r}. Use one of: {', '.join(allowed)}.")
