"""The language of a report: the only place that knows how a text of the program is said in another one.

Texts are written in English where they are used and marked by `_`, or by `{% trans %}` in a template; a catalogue of
GNU gettext says them in another language. Names, titles, sentences of articles and whatever a lexicon calls things are
data, and stay as they are.
"""

from __future__ import annotations

import gettext
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter

from framing.errors import InputError

DOMAIN = "framing"
ENGLISH = "en"
FOLDER = Path(__file__).parent / "locale"
_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")  # of a language: it becomes part of HTML and DOCX
_PERCENT = re.compile(r"%\(\w+\)s|%%|%")
_NUMBERS = 200  # that rules for plurals are tried with; none looks further than the last two digits

_translations: ContextVar[gettext.NullTranslations] = ContextVar("translations", default=gettext.NullTranslations())  # noqa: B039
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def _(message: str) -> str:
    """Return a text in the language of the report; in English where the catalogue has none."""
    return _check_fields(_translations.get().gettext(message), message)


def plural(one: str, many: str, number: int) -> str:
    """Return the form of a text that goes with a number; see `_`."""
    return _check_fields(_translations.get().ngettext(one, many, number), one, many)


@cache
def _check_fields(told: str, *messages: str) -> str:
    """Return a translation whose fields are among those of what it translates.

    Raises
    ------
    InputError
        It has another: nothing is known that could stand in its place.
    """
    if told in messages:
        return told
    of_template = any("%(" in message or "%%" in message for message in messages)
    allowed = frozenset[str]().union(*(_list_fields(message, of_template) for message in messages))
    strange = sorted(_list_fields(told, of_template) - allowed)
    if strange:
        raise InputError(
            f"The translation {told!r} of {messages[0]!r} has {', '.join(strange)}, which its text does not have. "
            "Mend it in the .po file, and compile that again."
        )
    return told


def _list_fields(text: str, of_template: bool) -> set[str]:
    """Return the fields of a text as it writes them, "{name}" or, in a text of a template, "%(name)s"; and what would
    be read as one and is none."""
    if of_template:
        return {found for found in _PERCENT.findall(text) if found != "%%"}
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return {"a bracket without its other"}
    return {
        "{" + name + (f"!{how}" if how else "") + (f":{form}" if form else "") + "}"
        for _before, name, form, how in parts
        if name is not None
    }


def language() -> str:
    """Return the language of the report, as in HTML's `lang`: "en"."""
    return _language.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Within the block, `_` and `plural` speak a language.

    Parameters
    ----------
    lang : str
        "en", the code of a language that comes with the program, or the path of a compiled catalogue ("de.mo"), whose
        header says its language.

    Raises
    ------
    InputError
        There is no such catalogue, or it cannot be read.
    """
    found, code = _open(lang)
    kept = _translations.set(found), _language.set(code)
    try:
        yield
    finally:
        _translations.reset(kept[0])
        _language.reset(kept[1])


def list_languages() -> list[str]:
    """Return the languages that come with the program."""
    return sorted({ENGLISH, *(path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))})


def _open(lang: str) -> tuple[gettext.NullTranslations, str]:
    if lang == ENGLISH:
        return gettext.NullTranslations(), ENGLISH
    if lang in list_languages():
        path = FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    elif lang.endswith(".mo"):
        path = Path(lang)
    else:
        raise InputError(
            f"There is no translation {lang!r}. Use one of: {', '.join(list_languages())}; "
            "or the path of a compiled catalogue (.mo): docs/how-to/translate.md says how to make one."
        )
    try:
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        for number in range(_NUMBERS):
            catalogue.ngettext(DOMAIN, DOMAIN, number)  # some text: only the rule is tried
    except (OSError, ValueError, LookupError, ArithmeticError, struct.error) as reason:
        raise InputError(f"{path}: is no compiled catalogue of gettext ({reason}). Make one with msgfmt.") from reason
    code = catalogue.info().get("language", "").replace("_", "-")
    if not _CODE.fullmatch(code):
        found = f"says {code[:60]!r}, which is none" if code else "does not say the language"
        raise InputError(f"{path}: its header {found}. Write “Language: de” or the like.")
    return catalogue, code
