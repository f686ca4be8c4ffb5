"""Word classes that the roles rest on, beyond those of the voice rules: one set of bits for each distinct form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.text import Forms, PerForm, Tokens

(
    ING,
    PAST,
    POSSESSIVE,
    ADJECTIVE,
    COPULA,
    THIRD,
    TURN,
    BY,
    GET,
    HE,
    SHE,
    PLACE,
    FIRST_PERSON,
    OWNER,
    NEGATION,
    QUOTE,
) = (1 << place for place in range(16))

_WORDS = {
    POSSESSIVE: "his her their its my our your whose",
    COPULA: (
        "become becomes became becoming seem seems seemed look looks looked appear appears appeared remain remains"
        " remained feel feels felt sound sounds sounded prove proves proved stay stays stayed"
    ),
    # pronouns of the third person
    THIRD: "he she him her his hers himself herself they them their theirs themselves it its itself",
    # what comes next says something else
    TURN: "but yet although though while whereas however despite",
    BY: "by",
    GET: "get gets got gotten getting",
    # pronouns that take up a person named before
    HE: "he she they",
    SHE: "she her",
    PLACE: "in at on from near to",
    FIRST_PERSON: "i we my our us me",
    OWNER: "his her their",
    NEGATION: "not no never n't",
    QUOTE: '" “ ”',
}
# Irregular past forms and participles; those in -ed go by their ending.
_PAST = frozenset(
    "ate beaten became been began blew born borne bought broadcast broke broken brought built burnt came cast caught"
    " chose chosen cut dealt did done drank drawn drew driven drove drunk eaten fallen fed fell felt fled flew forgave"
    " forgiven forgot forgotten forsaken fought found gave given gone got gotten grew ground grown hanged heard held"
    " hid hidden hit hung hurt kept knew known laid lay led left lent let lost made meant met misled mistaken outdone"
    " overcame overcome overtaken overthrew overthrown paid proven put quit ran rang read risen rose run said sang sank"
    " sat saw seen sent set shaken shed shone shook shot shown shrank shut slain slew sold sought spat spent split"
    " spoke spread spun stole stolen stood strove struck stuck sung sunk swam swept swore sworn taken taught thought"
    " threw thrown told took tore torn undone understood upheld went wept withdrawn withdrew withheld woke won wore"
    " worn wound written wrote".split()
)
_NO_PAST = frozenset("need indeed hundred seed feed speed creed greed breed red shed bed".split())
# Adjectives, and words that stand where adjectives do; longer ones go by their ending.
_ADJECTIVES = frozenset(
    "bad best better big black close deep early empty fair false far few first free full good great hard high key last"
    " late least less long low main major many minor more most near new next old open other own poor real rich same"
    " second short small soft strong such top true unfair weak white whole worse worst young former current".split()
)
_ADJECTIVE_ENDINGS = ("ous", "ful", "less", "able", "ible", "ive", "ic", "ish", "ary", "ical", "ant", "ent", "al")


def _classify(forms: Forms, first: int) -> list[int]:
    table: dict[str, int] = {}
    for bit, words in _WORDS.items():
        for word in words.split():
            table[word] = table.get(word, 0) | bit
    values = []
    for folded in forms.folded[first:]:
        value = table.get(folded, 0)
        if folded.endswith("ing") and len(folded) > 4:
            value |= ING
        if folded in _PAST or (folded.endswith("ed") and len(folded) > 3 and folded not in _NO_PAST):
            value |= PAST
        if folded in _ADJECTIVES or (len(folded) > 5 and folded.endswith(_ADJECTIVE_ENDINGS)):
            value |= ADJECTIVE
        if folded.endswith("n't"):
            value |= NEGATION
        values.append(value)
    return values


def _fold(forms: Forms, first: int) -> list[int]:
    """Number each spelling by the form that is the same in small letters, where there is one."""
    return [forms.index.get(folded, number) for number, folded in enumerate(forms.folded[first:], first)]


_classes = PerForm(_classify, np.int32)
_folds = PerForm(_fold, np.int32)


def classify(tokens: Tokens) -> npt.NDArray[np.int32]:
    """Return the class bits of each token. Shape (tokens,)."""
    bits: npt.NDArray[np.int32] = _classes(tokens.forms)[tokens.form]
    return bits


def fold(tokens: Tokens) -> npt.NDArray[np.int32]:
    """Return a number for each token that is equal for spellings that differ in capitals only. Shape (tokens,)."""
    numbers: npt.NDArray[np.int32] = _folds(tokens.forms)[tokens.form]
    return numbers
