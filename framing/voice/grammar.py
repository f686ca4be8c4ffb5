"""Closed word classes of English, as bits: what the clause rules know about words that are no cues."""

from __future__ import annotations

import numpy as np

from framing.text import WORD, Forms, LongArray, PerForm, Tokens

_CLASSES = {
    # can be the whole subject of a clause
    "PRONOUN": (
        "he she they we i you it who there everyone everybody someone somebody nobody one others many some most "
        "few both"
    ),
    # always a subject
    "PERSONAL": "he she they we i",
    "DETERMINER": (
        "the a an this these those his her its their our my your some many most several both each every no any all "
        "another such few much more two three four five six seven eight nine ten one"
    ),
    # never a subject, but for "you" and "it"
    "OBJECT": "him them me us her you it himself herself themselves itself myself yourself ourselves whom",
    "BE": "am is are was were be been being 's 're 'm isn't aren't wasn't weren't ain't",
    "HAVE": "have has had having 've haven't hasn't hadn't",
    # and forms of do
    "MODAL": (
        "will would can could may might shall should must do does did 'll 'd won't wouldn't can't cannot couldn't "
        "shouldn't mustn't mightn't don't doesn't didn't"
    ),
    "PREPOSITION": (
        "in on at during to of from with by via through about over under after before against between among "
        "amid outside "
        "inside near for into onto upon within without across around as since until despite following toward towards "
        "along behind beyond beside besides alongside than per"
    ),
    "COORDINATOR": "and but or yet nor",
    "SUBORDINATOR": (
        "because although though while when after before if unless until since as whereas once where even whenever "
        "wherever whether lest provided"
    ),
    "RELATIVE": "who whom whose which",
    "WH": "what how why whether where when who if which whose whom",
    "THAT": "that",
    "TO": "to",
    "NEGATION": "not never n't no neither nor hardly scarcely",
    # also "last" and "early", which open a time
    "TIME": (
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
        "august september "
        "october november december today yesterday tomorrow tonight morning afternoon evening night week "
        "weekend month "
        "year earlier later last mon tue wed thu fri sat sun mid early late noon midnight recently afterward "
        "afterwards "
        "ago jan feb aug sept oct nov dec"
    ),
    "ADVERB": (
        "also again then later now once often always ever still just even already soon too yet instead only "
        "almost rather "
        "quite very so well first long further next last twice thus hence sometimes earlier recently "
        "repeatedly simply "
        "meanwhile however moreover therefore nevertheless nonetheless indeed perhaps maybe afterwards "
        "elsewhere back "
        "flatly both all since not never no more longer openly up out"
    ),
    "IT": "it",
    # and all words in -s, see below
    "PLURAL": (
        "people men women police media children some many most others both few they we i you who republicans democrats"
    ),
    # filled by rule
    "VERB": "",
    # sources that find and show
    "EVIDENCE": (
        "poll polls survey surveys study studies report reports research analysis data review reviews investigation "
        "investigations audit figures numbers records documents court courts judge judges jury panel "
        "commission committee "
        "inquiry researchers scientists"
    ),
    # "In the poll," and "In her view," give the word to somebody
    "POLL": "poll polls survey surveys polling view opinion mind words telling estimation",
    # before a colon these name a topic or a kind of text, not a speaker
    "LABEL": (
        "breaking bombshell revealed exclusive video watch photos photo analysis opinion live update updates updated "
        "correction clarification contributing editorial column review explainer explained factbox timeline graphic "
        "gallery podcast interview profile obituary wow alert latest related more read also see source sources image "
        "caption follow twitter email comment commentary essay letters letter syria iraq iran israel gaza "
        "ukraine russia "
        "china turkey egypt lebanon yemen libya afghanistan pakistan india france germany britain america us "
        "uk eu world "
        "europe africa asia washington london moscow brussels beijing tehran damascus aleppo kiev kyiv astana geneva"
    ),
    "NOT": "not",
    # filled by rule
    "ING": "",
}
CLASS = {name: 1 << place for place, name in enumerate(_CLASSES)}
PUNCT_COMMA, PUNCT_COLON, PUNCT_SEMICOLON, PUNCT_DASH, PUNCT_OPEN, PUNCT_CLOSE = (1 << (40 + i) for i in range(6))
_PUNCT = {
    ",": PUNCT_COMMA,
    ":": PUNCT_COLON,
    ";": PUNCT_SEMICOLON,
    **dict.fromkeys("—-―", PUNCT_DASH),
    **dict.fromkeys("([", PUNCT_OPEN),
    **dict.fromkeys(")]", PUNCT_CLOSE),
}
# Past forms that show that a clause has a verb; regular ones end in -ed.
_PAST = frozenset(
    "beat became began bought broke brought built came caught chose cut drew drove fell felt flew fought found "
    "gave got grew heard held hit hung kept knew led left let lost made met put ran read rose said sat saw sent "
    "set shot sought spent spoke stood struck thought threw told took went won wrote".split()
)
# Words in -ed and -ly that are no past forms and no adverbs.
_NO_PAST = frozenset(
    "bleed breed deed exceed feed heed hundred indeed naked need proceed ragged reed rugged sacred seed "
    "speed succeed weed wicked".split()
)
_NO_ADVERB = frozenset(
    "ally apply belly bully daily early elderly family fly friendly italy jelly likely only rally reply "
    "supply weekly".split()
)


def _classify(forms: Forms, first: int) -> list[int]:
    table: dict[str, int] = {}
    for name, words in _CLASSES.items():
        for word in words.split():
            table[word] = table.get(word, 0) | CLASS[name]
    auxiliary = CLASS["BE"] | CLASS["HAVE"] | CLASS["MODAL"]
    values = []
    for text, folded, flags in zip(forms.text[first:], forms.folded[first:], forms.flags[first:], strict=True):
        if not flags & WORD:
            values.append(_PUNCT.get(folded, 0))
            continue
        value = 0 if text == "IS" else table.get(folded, 0)  # the group, not the verb
        if folded.endswith("ly") and len(folded) > 4 and folded not in _NO_ADVERB:
            value |= CLASS["ADVERB"]
        past = folded in _PAST or (folded.endswith("ed") and len(folded) > 3 and folded not in _NO_PAST)
        # "'s" is more often a possessive than a verb
        if past or (value & auxiliary and folded != "'s"):
            value |= CLASS["VERB"]
        if folded.endswith("ing") and len(folded) > 4:
            value |= CLASS["ING"]
        if folded.endswith("s") and len(folded) > 3 and not folded.endswith(("ss", "us", "is", "'s")):
            value |= CLASS["PLURAL"]
        values.append(value)
    return values


class Grammar:
    """Word classes, worked out once for each distinct form."""

    def __init__(self) -> None:
        self.classes = PerForm(_classify, np.int64)

    def __call__(self, tokens: Tokens) -> LongArray:
        """Return the class bits of each token. Shape (tokens,)."""
        bits: LongArray = self.classes(tokens.forms)[tokens.form]
        return bits
