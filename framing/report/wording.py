"""Numbers and names as a newspaper prints them: plain, rounded no further than is true, the same everywhere."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from datetime import date

from framing.errors import InputError

VOICE_LABELS = {"own": "own voice", "quoted": "quoted", "attributed": "attributed", "scare": "scare quotes"}
VOICE_MEANINGS = {
    "own": "the outlet itself speaks",
    "quoted": "inside quotation marks, somebody else speaks",
    "attributed": "reported speech or thought: “the minister said that …”, “according to …”",
    "scare": "a short term alone in quotation marks, or after “so-called”: the outlet keeps its distance",
}
NONE = "–"


def visible(text: object) -> str:
    """Return a text without what no page can show: control characters, surrogates, characters that are none."""
    return "".join(c for c in str(text) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def tidy(text: object) -> str:
    """Return a text fit for one line: only what is visible, white space single; "(no name)" for nothing."""
    return " ".join(visible(text).split()) or "(no name)"


def quote(text: str) -> str:
    """Return a word in quotation marks."""
    return f"“{tidy(text)}”"


def count(number: int, noun: str) -> str:
    """Return "1 mention", "1,204 mentions"."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def percent(share: float) -> str:
    """Return a share, 0 to 1, as a whole per cent.

    Only nothing is "0%" and only everything is "100%"; nan is a dash.
    """
    if math.isnan(share):
        return NONE
    whole = f"{100 * share:.0f}"
    if whole == "0" and share > 0:
        return "<1%"
    if whole == "100" and share < 1:
        return ">99%"
    return f"{whole}%"


def percent_interval(low: float, high: float) -> str:
    """Return "44–69%"; "" where there is no interval, or one without width, which says nothing about certainty."""
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    return f"{percent(low).rstrip('%')}–{percent(high)}"


def signed(value: float) -> str:
    """Return a value of a scale with its sign and two decimals, "−1.25"; nan is a dash."""
    if math.isnan(value):
        return NONE
    rounded = round(value, 2)
    return "0" if rounded == 0 else f"{'−' if rounded < 0 else '+'}{abs(rounded):.2f}"


def signed_interval(low: float, high: float) -> str:
    """Return "−1.50 to −0.94"; "" where there is no interval, or one without width."""
    return "" if math.isnan(low) or math.isnan(high) or low == high else f"{signed(low)} to {signed(high)}"


def weight(value: float) -> str:
    """Return a weight of a lexicon: "+1", "0", "−0.5"."""
    return "0" if value == 0 else f"{'−' if value < 0 else '+'}{abs(value):g}"


def join(items: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def day(text: str) -> str:
    """Return an ISO day as "4 March 2031"; anything else as it is, and "undated" for nothing."""
    if not text:
        return "undated"
    try:
        when = date.fromisoformat(text[:10])
    except ValueError:
        return tidy(text)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def period(first: str, last: str) -> str:
    """Return "4 March 2031 to 26 February 2032", one day where both are the same, "undated" without any."""
    return day(first) if first == last or not last else f"{day(first)} to {day(last)}"


def short_period(first: str, last: str) -> str:
    """Return "4–6 March 2031", "30 October to 2 November 2031": as `period`, what both days share said once."""
    if first[:4] == last[:4] and first[:10] != last[:10]:
        (number, _, rest), until = day(first).partition(" "), day(last)
        month, _, year = rest.partition(" ")
        if until.endswith(f" {rest}"):
            return f"{number}–{until}"
        if year and until.endswith(f" {year}"):
            return f"{number} {month} to {until}"
    return period(first, last)


def check_choice(kind: str, name: str, allowed: Sequence[str]) -> None:
    """Refuse a name that there is not, and say which there are.

    Raises
    ------
    InputError
    """
    if name not in allowed:
        raise InputError(f"There is no {kind} {name!r}. Use one of: {', '.join(allowed)}.")
