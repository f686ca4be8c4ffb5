"""Between the terms of other programs and the pattern language of lexicons: what one can say and the other cannot."""

from __future__ import annotations

import re
from functools import lru_cache

from framing.errors import LexiconError
from framing.lexicon import MAX_WORDS, expand, expand_alternatives
from framing.text import ABBREVIATIONS, CLITIC, TITLES, WORD, tokenise

_SIGNS = frozenset("()|=")
_ABBREVIATION = re.compile(rf"(?:(?i:{'|'.join(map(re.escape, sorted(TITLES | ABBREVIATIONS)))})|[A-HJ-Z])\.")


class Inexpressible(Exception):
    """A term that the pattern language cannot say; holds the kind of the finding."""

    @property
    def kind(self) -> str:
        """Key of `framing.formats.report.KINDS`."""
        return str(self.args[0])


def write_pattern(term: str, wildcards: str) -> tuple[str, bool]:
    """Write a term as a pattern that matches the same words.

    The pattern language sees words only: marks at the edge of a term are not part of any match, and the endings 's, 'd,
    'll, 'm, 're and 've are no words. A term whose meaning rests on them ("i'm", ":D", "#metoo") would match something
    else ("i", "d", "metoo") and is refused. A possessive inside a phrase ("women's rights") is not needed to tell the
    phrase, and stays.

    Returns
    -------
    pattern : str
    possessive : bool
        Whether it holds a possessive, so that it also matches without.

    Raises
    ------
    Inexpressible
    """
    words = term.split()
    possessive = False
    count = 0
    for place, word in enumerate(words):
        bare = word.removesuffix("*")
        if any(w in bare for w in wildcards) or not bare:
            raise Inexpressible("wildcard")
        if _SIGNS & set(bare):
            raise Inexpressible("signs")
        # The full stop of an abbreviation inside a phrase ("Gen. Sisi") may stand or not; at its end it is lost.
        inside = bare == word and place < len(words) - 1
        clitic, size = _read(bare.removesuffix(".") if inside and _ABBREVIATION.fullmatch(bare) else bare)
        count += size
        if clitic and (bare != word or clitic.casefold() != "'s" or place == len(words) - 1):
            raise Inexpressible("contraction")
        possessive |= bool(clitic)
    if not count:
        raise Inexpressible("punctuation")
    if count > MAX_WORDS:
        raise Inexpressible("long")
    try:
        expand(term)
    except LexiconError:
        raise Inexpressible("punctuation") from None
    return term, possessive


@lru_cache(maxsize=1 << 16)
def _read(word: str) -> tuple[str, int]:
    """Return the ending that the pattern language ignores, or "", and the number of words."""
    tokens = tokenise(word)
    if not tokens or any(not flags & WORD for _, _, _, flags, _ in tokens):
        raise Inexpressible("punctuation")
    endings = [form for form, _, _, flags, _ in tokens if flags & CLITIC]
    if endings and (len(endings) > 1 or not tokens[-1][3] & CLITIC):
        raise Inexpressible("contraction")
    return (endings[0] if endings else ""), len(tokens) - len(endings)


def read_pattern(pattern: str) -> tuple[list[str], bool]:
    """Write a pattern out as terms.

    Returns
    -------
    terms : list of str
        With * for any ending.
    case : bool
        Whether a word of the pattern was case-sensitive; the terms do not show it.
    """
    terms: dict[str, None] = {}
    case = False
    for form in expand_alternatives(pattern):
        words = form.split()
        case |= any(w.startswith("=") for w in words)
        terms[" ".join(w.removeprefix("=") for w in words)] = None
    return list(terms), case
