"""From one record of any input to one `Article`: columns, ids, dates, unusable characters. No value is guessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from framing.errors import InputError
from framing.text import Article

# What `map` may name on its left; everything else in a record is kept in `Article.extra`.
TARGETS = ("id", "outlet", "text", "title", "date", "url", "event", "upstream", "genre", "language", "file")

Warn = Callable[[str, str], None]


class Record(NamedTuple):
    """One article as found: where, its named values, and whether it is a page whose headline must be looked for."""

    place: str
    values: Mapping[str, str]
    is_page: bool = False


class Gap(NamedTuple):
    """Something that was found but is no article, with the reason."""

    place: str
    reason: str


def check_mapping(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """Return a column mapping (target to source) after checking its targets.

    Raises
    ------
    InputError
        When a target is no field of an article, or one source serves two targets.
    """
    mapping = dict(mapping or {})
    for target in mapping:
        if target not in TARGETS:
            raise InputError(
                f"map {target}={mapping[target]}: no field is called {target!r}. Fields: {', '.join(TARGETS)}."
            )
    sources = list(mapping.values())
    for source in sources:
        if sources.count(source) > 1:
            raise InputError(f"map: column {source!r} is used for two fields. Map each column once.")
    return mapping


def rename_columns(columns: list[str], mapping: Mapping[str, str], where: str) -> list[str]:
    """Apply a mapping to the columns of one table.

    A column that already bears the name of a mapped field steps aside as "<name>_column" and is kept among the extra
    fields.

    Raises
    ------
    InputError
        When a mapped column is missing.
    """
    for target, source in mapping.items():
        if source not in columns:
            raise InputError(
                f"{where}: map {target}={source}: there is no column {source!r}. Columns found: {list_names(columns)}."
            )
    new_names = {source: target for target, source in mapping.items()}
    return [new_names.get(name, f"{name}_column" if name in mapping else name) for name in columns]


def list_names(names: list[str]) -> str:
    """Name columns in an error, at most twenty."""
    return ", ".join(names[:20]) + (", ..." if len(names) > 20 else "") or "none"


def require_columns(columns: list[str], needed: tuple[str, ...], where: str) -> None:
    """Check that columns are present.

    Raises
    ------
    InputError
        Naming the columns found and how to map one.
    """
    for name in needed:
        if name not in columns:
            other = " or give one outlet for all (--outlet NAME)" if name == "outlet" else ""
            raise InputError(
                f"{where}: no column {name!r}. Columns found: {list_names(columns)}. "
                f"Say which one it is (--map {name}=COLUMN){other}."
            )


UNUSABLE = re.compile("[\0\ud800-\udfff]")


def is_usable(text: str) -> bool:
    """Tell whether a text holds neither NUL nor a lone surrogate."""
    if "\0" in text:
        return False
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return True


def replace_unusable(text: str) -> tuple[str, int]:
    """Replace NUL and lone surrogates, which no table can store, by U+FFFD, and count them."""
    return (text, 0) if is_usable(text) else UNUSABLE.subn("\ufffd", text)


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "sept" is the one common abbreviation of four letters.
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
CLOCK = r"(?:[T\s,]+(?:at\s+)?\d{1,2}[:.]\d{2}.*)?"
DATE_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<number>\d{{2}})-(?P<day>\d{{2}}){CLOCK}",
        rf"(?P<year>\d{{4}})/(?P<number>\d{{1,2}})/(?P<day>\d{{1,2}}){CLOCK}",
        r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?:T\d{4,6}.*)?",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year>\d{{4}}){CLOCK}",
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){CLOCK}",
    )
)


OLDEST_YEAR = 1600  # before the first newspapers; exports write year 1 or 0 for a date they do not know


def parse_date(given: str) -> str | None:
    """Read a date that has one meaning only.

    Parameters
    ----------
    given : str
        ISO 8601 day or date and time ("2017-01-24", "2017-01-24T09:30:00Z", "20170124"), year first with slashes, or
        a month in letters ("24 January 2017", "Jan 24, 2017", "Tue, 24 Jan 2017 09:30:00 GMT").

    Returns
    -------
    str or None
        The day as written, ISO 8601, no shift of time zone; "" for an empty value; None for anything else: no such day,
        a year before 1600, no day, or figures whose order is open ("03/04/2017", also "24/01/2017": a table must not
        lose half of its dates).
    """
    given = given.strip()
    if not given:
        return ""
    if len(given) > 60:
        return None
    for form in DATE_FORMS:
        if found := form.fullmatch(given):
            parts = found.groupdict()
            if int(parts["year"]) < OLDEST_YEAR:
                return None
            month = int(parts["number"]) if parts.get("number") else MONTHS.index(parts["month"][:3].lower()) + 1
            try:
                return date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                return None
    return None


def hash_content(outlet: str, title: str, text: str) -> str:
    """Return an id made from content as given, before cleaning: 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join((outlet, title, text)).encode()).hexdigest()[:16]


def make_article(record: Record, outlet: str | None, warn: Warn) -> Article:
    """Turn a record into an article; its text may be empty.

    Parameters
    ----------
    record : Record
    outlet : str or None
        The outlet of records that name none.
    warn : callable
        Called with (kind, message) for each doubt.

    Raises
    ------
    InputError
        When no outlet is known.
    """
    values = dict(record.values)
    if not is_usable("".join((*values, *values.values()))):
        cleaned = [(replace_unusable(name), replace_unusable(value)) for name, value in values.items()]
        values = {name: value for (name, _), (value, _) in cleaned}
        replaced = sum(in_name + in_value for (_, in_name), (_, in_value) in cleaned)
        warn(
            "unusable characters",
            f"{record.place}: {replaced} unusable character(s) (NUL or half of a surrogate pair) replaced by U+FFFD.",
        )
    own_outlet = values.pop("outlet", "").strip() or outlet
    if not own_outlet:
        raise InputError(
            f"{record.place}: no outlet. Every article needs one: fill it in, or give one for all (--outlet NAME)."
        )
    text = values.pop("text", "")
    title = values.pop("title", "").strip()
    given = values.pop("date", "")
    day = parse_date(given)
    if day is None:
        warn(
            "dates",
            f"{record.place}: date {given[:60]!r} is not understood; the article is kept as undated. "
            f"Write dates as 2017-01-24.",
        )
    return Article(
        id=values.pop("id", "").strip() or hash_content(own_outlet, title, text),
        outlet=own_outlet,
        text=text,
        title=title,
        date=day or "",
        url=values.pop("url", "").strip(),
        event=values.pop("event", "").strip(),
        upstream=values.pop("upstream", "").strip(),
        genre=values.pop("genre", "").strip(),
        language=values.pop("language", "").strip(),
        extra=values,
    )
