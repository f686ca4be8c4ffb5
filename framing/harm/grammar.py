"""Word classes as bits: what the rules on harm know about each word of a sentence."""

from __future__ import annotations

import numpy as np

from framing.text import (
    CAPITAL,
    DIGIT,
    HYPHENATED,
    INITIAL,
    SPACE_BEFORE,
    TITLE,
    WORD,
    Forms,
    LongArray,
    PerForm,
    Tokens,
    boundary_classes,
)

_CLASSES = {
    "BE": "am is are was were be been being 'm 're isn't aren't wasn't weren't ain't",
    "GET": "get gets got getting gotten",
    "HAVE": "have has had having 've haven't hasn't hadn't",
    # and forms of do
    "MODAL": (
        "will would can could may might shall should must do does did 'll won't wouldn't can't cannot couldn't "
        "shouldn't mustn't don't doesn't didn't"
    ),
    "NEGATION": (
        "not never n't neither nor hardly isn't aren't wasn't weren't ain't haven't hasn't hadn't won't wouldn't can't "
        "cannot couldn't shouldn't mustn't don't doesn't didn't without no"
    ),
    # stands between auxiliary and participle: "have since died"
    "SINCE": "since",
    # subjects that negate their clause
    "NOBODY": "nobody none no neither",
    "DETERMINER": "the a an this these his her its their our my your every each any no another what",
    "QUANTIFIER": "those all many some several both others most few more half everyone everybody nobody none one",
    "NUMBER": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
        "dozen dozens scores hundreds thousands millions"
    ),
    # "of" behind these does not change what is spoken of
    "AMOUNT": (
        "group groups number numbers member members couple pair series majority part lot plenty handful total score "
        "percent crowd team series generation hordes droves tens wave waves rest remainder third quarter"
    ),
    "SUBJECT": "he she they we i you it",
    "REFLEXIVE": "himself herself themselves itself ourselves yourself yourselves myself",
    # no modal stands before these
    "FINITE": "am is are was were 'm 're isn't aren't wasn't weren't ain't",
    "OBJECT": "him them me us her you it himself herself themselves itself ourselves yourself yourselves myself",
    "PREPOSITION": (
        "in on at during to of from with by via through about over under after against between among amid outside "
        "inside near for into onto upon within without across around as since until despite following toward towards "
        "along behind beyond beside besides alongside than per before off like throughout amidst amongst atop"
    ),
    "BY": "by",
    "OF": "of",
    # these rather open a clause or a time than say more of the noun before
    "CLAUSAL": "after before since until as than following despite",
    # "guilty to murder": a noun follows
    "NOUN_TO": (
        "guilty led leads lead leading due response responded similar related linked link links tantamount subject "
        "subjected close prior amounted amounts contrary vulnerable exposed prone witness resort resorted"
    ),
    # a question follows: "unclear who shot him"
    "OPEN": "unclear clear sure certain uncertain obvious unknown",
    # what stands behind these is where or how harm came about
    "SETTING": "in during from with under by amid",
    # "a strike on the market"
    "AIM": "on against upon at",
    # "casualties among medics", "at the hands of the police"
    "AMONG": "among",
    "HANDS": "hands",
    # "his arrest"
    "OWNER": "his her its their our my your whose",
    # plural without an -s
    "PLURAL": "police people men women children troops gunmen policemen militiamen cops youths",
    "COORDINATOR": "and but or nor &",
    "SUBORDINATOR": (
        "because although though while when if unless whereas where whether how why once lest so whenever wherever"
    ),
    "RELATIVE": "who whom whose which that",
    "TO": "to",
    "ADVERB": (
        "also again then once often always ever still just even already soon too yet instead almost rather very "
        "alive outright alone together abroad there here nearby twice not never further back thus apparently "
        "thereby elsewhere perhaps maybe afterwards afterward meanwhile however only indoors else"
    ),
    # opens a number: "at least", "up to", "as many as"
    "LEAD": "least up more fewer less many about around nearly some over almost approximately roughly estimated",
    "TIME": (
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december today yesterday tomorrow tonight morning afternoon evening night week "
        "weekend month year weeks months years day days hour hours minutes decade decades earlier later last mon tue "
        "wed thu fri sat sun mid early late noon midnight dawn recently ago jan feb aug sept oct nov dec overnight "
        "spring summer autumn winter next century time times"
    ),
    # "feared killed", "reported dead"
    "REPORTED": "reported feared believed confirmed presumed found declared pronounced thought known left listed",
    # "ordered his troops to fire": the object is the subject of the infinitive
    "CAUSES": (
        "order orders ordered ordering tell tells told ask asks asked allow allows allowed allowing let lets "
        "authorise authorised authorize authorized force forces forced permit permits permitted command commanded "
        "instruct instructed urge urges urged enable enabled help helped encourage encouraged hire hired send sent"
    ),
    # "officer-involved shooting" does not say who shot
    "INVOLVED": "involved",
    "LEAVE": "leave leaves left leaving",
    # present forms that show a verb
    "PRESENT": (
        "say says tell tells report reports show shows remain remains come comes go goes take takes make makes lead "
        "leads become becomes begin begins continue continues want wants seek seeks hope hopes believe believes think "
        "thinks fear fears know knows accuse accuses call calls see sees hear hears give gives need needs try tries "
        "claim claims deny denies warn warns vow vows urge urges seem seems appear appears include includes"
    ),
    # -ed forms are found by rule
    "PAST": (
        "beat beaten became become began begun bought broke broken brought built came caught chose chosen cut drew "
        "drove driven fell fallen felt flew fought found gave given grew heard held hit hung kept knew known led left "
        "lost made met put ran rose said sat saw seen sent set shot sought spent spoke stood struck taken thought "
        "threw thrown told took went gone won wrote written slain slew torn swept blew blown fed fled sworn hurt "
        "done shown hidden stolen bound dealt burnt tore shook rang sank froze hid knelt laid lit paid rode sold "
        "sprang stole stuck swung taught woke wore withdrew drank ate crept overthrew overran burst bled"
    ),
    # who is said to have done it, though no agent: "by accident", "by the roadside"
    "NO_AGENT": (
        "accident mistake chance far now then midnight noon dawn dusk nightfall night day roadside road side river sea "
        "land air law contrast means way definition force surprise hand name nature virtue phone mail email telephone "
        "train bus boat car foot number standards default design choice order extension percent rate turns hundreds "
        "dozens thousands scores half end time date deadline coast lake gate fence wall door window border bridge shore"
    ),
}
_MARKS = ("ED", "ING", "COMMA", "STOP", "PAREN", "POSSESSIVE", "CAPITALISED", "WORDLIKE", "DIGITS", "LOWER_S", "JOINED")
BIT = {name: 1 << place for place, name in enumerate((*_CLASSES, *_MARKS))}
_QUOTES = frozenset("\"'“”‘’‚„«»‹›`[]*")
SKIPPED = -1  # marks that the rules look through

_NO_ADVERB = frozenset(
    "ally apply belly bully daily early elderly family fly friendly italy jelly likely rally reply supply weekly "
    "assembly anomaly deadly july monopoly homily".split()
)
_NO_PAST = frozenset(
    "bleed breed deed exceed feed heed hundred indeed naked need proceed reed seed speed succeed weed red bed shed "
    "ahmed mohammed muhammed hamed saed reed syed mehmed".split()
)
_NO_ING = frozenset("king thing ring spring string wing being during morning evening building anything nothing".split())


def _classify(forms: Forms, first: int) -> list[int]:
    table: dict[str, int] = {}
    for name, words in _CLASSES.items():
        for word in words.split():
            table[word] = table.get(word, 0) | BIT[name]
    return [
        _classes_of(text, folded, flags, table)
        for text, folded, flags in zip(forms.text[first:], forms.folded[first:], forms.flags[first:], strict=True)
    ]


def _classes_of(text: str, folded: str, flags: int, table: dict[str, int]) -> int:
    """Return the classes of one form as bits; `SKIPPED` for marks that the rules look through."""
    if not flags & WORD:
        if folded in _QUOTES:
            return SKIPPED
        return BIT["COMMA"] if folded == "," else BIT["PAREN"] if folded in "()" else BIT["STOP"]
    if folded in ("'s", "'d"):
        return BIT["POSSESSIVE"] | BIT["WORDLIKE"] if folded == "'s" else BIT["HAVE"] | BIT["WORDLIKE"]
    value = BIT["WORDLIKE"] | (0 if text in ("IS", "US") else table.get(folded, 0))
    value |= BIT["CAPITALISED"] if flags & CAPITAL else 0
    if flags & DIGIT:
        value |= BIT["DIGITS"] | BIT["TIME"] if ":" in text else BIT["DIGITS"] | BIT["NUMBER"]
    if folded.endswith("ly") and len(folded) > 4 and folded not in _NO_ADVERB:
        value |= BIT["ADVERB"]
    if value & BIT["PAST"] or (folded.endswith("ed") and len(folded) > 3 and folded not in _NO_PAST):
        value |= BIT["ED"]
    if folded.endswith("ing") and len(folded) > 4 and folded not in _NO_ING:
        value |= BIT["ING"]
    if folded.endswith("s") and len(folded) > 3 and not folded.endswith(("ss", "us", "is")):
        value |= BIT["LOWER_S"]
    return value


class Grammar:
    """Word classes, worked out once for each distinct form."""

    def __init__(self) -> None:
        self._classes = PerForm(_classify, np.int64)
        self._abbreviations = PerForm(boundary_classes, np.uint8)

    def __call__(self, tokens: Tokens) -> LongArray:
        """Return the class bits of each token, `SKIPPED` for what the rules look through. Shape (tokens,)."""
        if not len(tokens):
            return np.zeros(0, dtype=np.int64)
        bits: LongArray = self._classes(tokens.forms)[tokens.form]
        bits[(tokens.flags & HYPHENATED) != 0] |= BIT["JOINED"]
        # The full stop of "Mr." or "J." ends nothing.
        classes = self._abbreviations(tokens.forms)[tokens.form]
        stop = np.flatnonzero(tokens.form == tokens.forms.index.get(".", -1))
        stop = stop[(stop > 0) & ((tokens.flags[stop] & SPACE_BEFORE) == 0)]
        bits[stop[(classes[stop - 1] & (TITLE | INITIAL)) != 0]] = SKIPPED
        return bits
