"""The language of a report: the only place that knows how a text of the program is said in another one.

Texts are written in English where they are used and marked by `_`, or by `{% trans %}` in a template; a catalogue of
GNU gettext says them in another language. Names, titles, sentences of articles and whatever a lexicon calls things are
data, and stay as they are.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from framing.errors import InputError

DOMAIN = "framing"
ENGLISH = "en"
FOLDER = Path(__file__).parent / "locale"

_translations: ContextVar[gettext.NullTranslations] = ContextVar("translations", default=gettext.NullTranslations())  # noqa: B039
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def _(message: str) -> str:
    """Return a text in the language of the report; in English where the catalogue has none."""
    return _translations.get().gettext(message)


def plural(one: str, many: str, number: int) -> str:
    """Return the form of a text that goes with a number; see `_`."""
    return _translations.get().ngettext(one, many, number)


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
    except (OSError, ValueError, UnicodeDecodeError) as reason:
        raise InputError(f"{path}: is no compiled catalogue of gettext ({reason}). Make one with msgfmt.") from reason
    code = catalogue.info().get("language", "").replace("_", "-")
    if not code:
        raise InputError(f"{path}: its header does not say the language. Add “Language: de” or the like.")
    return catalogue, code
