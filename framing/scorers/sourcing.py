"""Sourcing: who speaks in an article, for whom, how much, and by which verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from framing.annotation import AnnotatedBatch
from framing.lexicon import Category, Lexicon
from framing.measure import Measure
from framing.rows import encode, encode_strings, place_columns, printed
from framing.scorers.counts import Found, Scored, count_found, count_keys, join
from framing.text import CAPITAL, DIGIT, PARAGRAPH_BEFORE, WORD, BoolArray, LongArray, PerForm
from framing.voice import QUOTED, SCARE, VOICES

MODULE = "sourcing"
UNKNOWN = "unknown"
ANONYMOUS, ANONYMITY = "anonymous", "anonymity"
GENERIC, OFFICIAL = "generic", "official"  # "the leader" alone is taken for a politician
OTHERS = ("quoted", "attributed")
# Behind one of these the phrase names what the speaker belongs to, not what he is: "a professor at the ministry".
HEAD_ENDS = frozenset("of for at in from with to on who whose which that by , ( —".split())
# What a speaker is whom only a naming lexicon knows ("Damascus", "the militants").
KIND_OF_REFERENT = {
    "government": "official",
    "leader": "official",
    "forces": "security",
    "armed-group": "armed",
    "group-name": "armed",
    "migrants": "ordinary",
    "crowd": "ordinary",
}
PERSONS = frozenset("he she him her".split())
BODIES = ("document", "media", "international", "vague")  # no "he" or "she"
PRONOUNS = frozenset("he she they him her them who".split())
NO_KINDS = (ANONYMITY, GENERIC)  # categories of the lexicon that are no kinds of speakers
LONGEST_NAME = 4  # capitalised words behind a role that still belong to its name
OF_BODY = 3  # tokens between an office and its body: "the leader of the union"
APPOSITION = 6  # tokens between the comma behind a name and the role: "Haddad, a retired school teacher"


@dataclass(frozen=True, slots=True)
class Speakers:
    """What is known of the speaker of each span in `voices` that is quoted or attributed.

    Attributes
    ----------
    span : int64 array (rows,)
        Index into `batch.voices`.
    words : int64 array (rows,)
    kind : int64 array (rows,)
        Index into `kinds`; the last of these is "unknown".
    kinds : tuple of str
    side : int64 array (rows,)
        Index into `batch.matcher.referents` of the referent that the speaker's name is a mention of, or -1.
    verb : int64 array (rows,)
        Index into `verbs`, or -1 where the cue is in no class.
    verbs : tuple of str
    """

    span: LongArray
    words: LongArray
    kind: LongArray
    kinds: tuple[str, ...]
    side: LongArray
    verb: LongArray
    verbs: tuple[str, ...]


def score(batch: AnnotatedBatch) -> Scored:
    """Count quoted and attributed words by speaker.

    Returns
    -------
    Scored
        "sourcing:speakers:KIND:VOICE": spans of speech of that kind of speaker, int >= 1; KIND is a category of the
        lexicon of speakers ("official", "ordinary", ...) or "unknown".
        "sourcing-words:KIND:VOICE": their words. Denominator: "words:quoted" and "words:attributed".
        "sourcing-side:LEXICON:REFERENT:VOICE": words of speakers whom a naming lexicon knows.
        "sourcing:verbs:CLASS:VOICE": spans whose cue is a neutral, doubting, endorsing or forceful verb.
        "sourcing-verbs:CLASS:KIND": the same by kind of speaker.
        Table "speakers": one row a span.

    References
    ----------
    Sigal (1973); Gans (1979), on sources; Lee and Maslog (2005), elite and people sources; Recasens et al. (2013), ACL,
    report verbs.
    """
    found = find_speakers(batch)
    voices = batch.voices
    start, end, voice = voices.start[found.span], voices.end[found.span], voices.voice[found.span]
    article = batch.article[start]
    spans = Found(
        MODULE,
        start,
        end,
        found.kind,
        tuple(("speakers", kind, kind) for kind in found.kinds),
        found.words.astype(np.float64),
        voice,
    )
    classed = found.verb >= 0
    cues = voices.cue_start[found.span][classed]
    verbs = Found(
        MODULE,
        cues,
        voices.cue_end[found.span][classed],
        found.verb[classed],
        tuple(("verbs", name, name) for name in found.verbs),
        np.zeros(len(cues)),
        voice[classed],
    )
    evidence = _join(spans, verbs)
    sided = found.side >= 0
    referents = batch.matcher.referents
    kinds = [f"{kind}:{v}" for kind in found.kinds for v in VOICES]
    counts = [
        count_found(batch, evidence),
        count_keys(
            article,
            found.kind * len(VOICES) + voice,
            [f"sourcing-words:{k}" for k in kinds],
            found.words.astype(np.float64),
        ),
        count_keys(
            article[sided],
            found.side[sided] * len(VOICES) + voice[sided],
            [f"sourcing-side:{a}:{b}:{v}" for a, b in referents for v in VOICES],
            found.words[sided].astype(np.float64),
        ),
        count_keys(
            article[classed],
            found.verb[classed] * len(found.kinds) + found.kind[classed],
            [f"sourcing-verbs:{verb}:{kind}" for verb in found.verbs for kind in found.kinds],
        ),
    ]
    return Scored(join(counts), evidence, {"speakers": _table(batch, found)})


def _join(first: Found, second: Found) -> Found:
    return Found(
        MODULE,
        np.concatenate((first.start, second.start)),
        np.concatenate((first.end, second.end)),
        np.concatenate((first.label, second.label + len(first.labels))),
        (*first.labels, *second.labels),
        np.concatenate((first.weight, second.weight)),
        np.concatenate([x.voice for x in (first, second) if x.voice is not None]),
    )


def find_speakers(batch: AnnotatedBatch) -> Speakers:
    """Find what is known of the speaker of each quoted or attributed span."""
    voices = batch.voices
    span = np.flatnonzero(voices.voice != SCARE)
    start, end = voices.start[span], voices.end[span]
    word = np.concatenate(([0], np.cumsum(batch.words)))
    roles, kinds = _categories(batch, "speakers")
    first, behind = voices.speaker_start[span], voices.speaker_end[span]
    named = first >= 0
    kind = np.full(len(span), -1, dtype=np.int64)
    kind[named] = _kind_of_phrase(batch, roles, kinds, first[named], behind[named])
    _remember_names(batch, roles, kinds, kind, first, behind)
    side = _side(batch, first, behind)
    _follow_pronouns(batch, kinds, first, behind, start, kind, side)
    _take_kind_of_side(batch, kinds, kind, side)
    _mark_anonymity(batch, roles, kinds, voices.cue_start[span], kind)
    kind[kind < 0] = len(kinds)
    verbs, classes = _categories(batch, "verbs")
    return Speakers(
        span,
        word[end] - word[start],
        kind,
        (*kinds, UNKNOWN),
        side,
        _verb_of(verbs, voices.cue_start[span], voices.cue_end[span]),
        classes,
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Matches of one lexicon by place: first token, token behind the last, category."""

    start: LongArray
    end: LongArray
    category: LongArray


def _categories(batch: AnnotatedBatch, lexicon: str) -> tuple[_Places, tuple[str, ...]]:
    """Return the matches of one lexicon of the module, and the names of its categories."""
    matches, matcher = batch.of_module(MODULE), batch.matcher
    names: dict[str, int] = {}
    category_of = np.full(len(matcher.entries), -1, dtype=np.int64)
    for number, entry in enumerate(matcher.entries):
        if entry.lexicon.module == MODULE and entry.lexicon.name == lexicon:
            category_of[number] = names.setdefault(entry.term.category, len(names))
    category = category_of[matches.entry]
    rows = np.flatnonzero(category >= 0)
    rows = rows[np.argsort(matches.start[rows], kind="stable")]
    return _Places(matches.start[rows], matches.end[rows], category[rows]), tuple(names)


def _kind_of_phrase(
    batch: AnnotatedBatch, roles: _Places, kinds: Sequence[str], first: LongArray, behind: LongArray
) -> LongArray:
    """Return the category of the head of each phrase, -1 where no role stands in it."""
    low, high = np.searchsorted(roles.start, first), np.searchsorted(roles.start, behind)
    known = np.flatnonzero(high > low)
    out = np.full(len(first), -1, dtype=np.int64)
    ends = np.flatnonzero(_are_words(batch, HEAD_ENDS))
    place = np.searchsorted(ends, roles.start[low[known]])
    bound = np.append(ends, len(batch.tokens))[place]
    head = np.maximum(np.searchsorted(roles.start, np.minimum(bound, behind[known])) - 1, low[known])
    out[known] = roles.category[head]
    if GENERIC in kinds:
        _name_generic(roles, kinds, out, known, head, low[known])
    if ANONYMOUS in kinds:
        number = kinds.index(ANONYMOUS)
        seen = np.concatenate(([0], np.cumsum(roles.category == number)))
        out[seen[high] > seen[low]] = number
    return out


def _name_generic(
    roles: _Places, kinds: Sequence[str], out: LongArray, known: LongArray, head: LongArray, low: LongArray
) -> None:
    """Give an office that any body has the kind of its body ("the leader of the union"). Changes `out`."""
    number = kinds.index(GENERIC)
    official = kinds.index(OFFICIAL) if OFFICIAL in kinds else -1
    for row in np.flatnonzero(roles.category[head] == number).tolist():
        place = int(head[row])
        kind = official
        if place + 1 < len(roles.start) and roles.start[place + 1] - roles.end[place] <= OF_BODY:
            kind = int(roles.category[place + 1])
        elif place > low[row] and roles.end[place - 1] == roles.start[place]:
            kind = int(roles.category[place - 1])
        out[known[row]] = kind if kind != number else official


def _are_words(batch: AnnotatedBatch, words: frozenset[str]) -> BoolArray:
    """Return which tokens are one of the words, in any case. Shape (tokens,)."""
    forms = batch.tokens.forms
    return np.asarray(_word_table(words)(forms)[batch.tokens.form]) if len(forms) else np.zeros(0, dtype=bool)


@lru_cache(maxsize=64)  # worked out once for each form, not anew in each batch
def _word_table(words: frozenset[str]) -> PerForm:
    return PerForm(lambda forms, first: [form in words for form in forms.folded[first:]], np.bool_)


def _remember_names(
    batch: AnnotatedBatch,
    roles: _Places,
    kinds: Sequence[str],
    kind: LongArray,
    first: LongArray,
    behind: LongArray,
) -> None:
    """Give speakers without a role the one that the same article gives their surname elsewhere. Changes `kind`."""
    form = batch.tokens.form.astype(np.int64)
    width = len(batch.tokens.forms) + 1
    capital = _capitals(batch)
    run = _run_ends(capital)
    size = len(form)
    personal = np.array([k not in (ANONYMITY, "document", "vague", "media", GENERIC) for k in kinds] or [False])
    usable = personal[roles.category] if len(roles.category) else np.zeros(0, dtype=bool)
    # "Foreign Minister Sergei Lavrov": the last of the capitalised words behind the role.
    at = np.minimum(roles.end, size - 1)
    follows = usable & (roles.end < size) & capital[at] & (run[at] - at <= LONGEST_NAME)
    before_name = (run[at] - 1)[follows]
    # "Lavrov, the foreign minister": the capitalised word before the comma before the role.
    commas = np.flatnonzero(_are_words(batch, frozenset(",")))
    place = np.searchsorted(commas, roles.start) - 1
    comma = commas[np.maximum(place, 0)] if len(commas) else np.zeros(len(roles.start), dtype=np.int64)
    close = usable & (place >= 0) & (roles.start - comma <= APPOSITION) & (comma > 0)
    close &= capital[np.maximum(comma - 1, 0)]
    name = np.concatenate((before_name, (comma - 1)[close]))
    value = np.concatenate((roles.category[follows], roles.category[close]))
    if not len(name):
        return
    key = batch.article[name].astype(np.int64) * width + form[name]
    order = np.argsort(key, kind="stable")  # those with the role before the name come first
    known, place_of = np.unique(key[order], return_index=True)
    wanted = np.flatnonzero((kind < 0) & (first >= 0))
    last = _last_capital(capital, first[wanted], behind[wanted])
    wanted, last = wanted[last >= 0], last[last >= 0]
    asked = batch.article[last].astype(np.int64) * width + form[last]
    found = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    hit = known[found] == asked
    kind[wanted[hit]] = value[order][place_of[found[hit]]]


def _capitals(batch: AnnotatedBatch) -> BoolArray:
    flags = batch.tokens.form_flags()
    return np.asarray((flags & (CAPITAL | WORD | DIGIT)) == (CAPITAL | WORD))


def _run_ends(chosen: BoolArray) -> LongArray:
    """Return for each token the first token from it on that is not chosen. Shape (tokens,)."""
    stops = np.append(np.flatnonzero(~chosen), len(chosen))
    return stops[np.searchsorted(stops, np.arange(len(chosen)))]


def _last_capital(capital: BoolArray, first: LongArray, behind: LongArray) -> LongArray:
    """Return the last capitalised token of each phrase, -1 without any."""
    places = np.flatnonzero(capital)
    index = np.searchsorted(places, behind) - 1
    last = places[np.maximum(index, 0)] if len(places) else np.full(len(first), -1, dtype=np.int64)
    return np.where((index >= 0) & (last >= first), last, -1)


def _side(batch: AnnotatedBatch, first: LongArray, behind: LongArray) -> LongArray:
    """Return the referent of the longest mention that begins in each phrase, -1 without any."""
    naming = batch.of_module("naming")
    order = np.argsort(naming.start, kind="stable")
    naming = naming.take(order)
    low, high = np.searchsorted(naming.start, first), np.searchsorted(naming.start, behind)
    length = naming.end - naming.start
    side = np.full(len(first), -1, dtype=np.int64)
    for row in np.flatnonzero((high > low) & (first >= 0)).tolist():
        best = low[row] + int(np.argmax(length[low[row] : high[row]]))
        side[row] = batch.matcher.referent_of[naming.entry[best]]
    return side


def _take_kind_of_side(batch: AnnotatedBatch, kinds: Sequence[str], kind: LongArray, side: LongArray) -> None:
    """Give speakers without a kind the one that follows from the referent they are a mention of. Changes `kind`."""
    of_referent = np.full(len(batch.matcher.referents) + 1, -1, dtype=np.int64)
    for number, entry in enumerate(batch.matcher.entries):
        if entry.lexicon.module == "naming":
            wanted = KIND_OF_REFERENT.get(entry.lexicon.categories[entry.term.category].kind, "")
            if wanted in kinds:
                of_referent[batch.matcher.referent_of[number]] = kinds.index(wanted)
    rows = np.flatnonzero((kind < 0) & (side >= 0))
    kind[rows] = of_referent[side[rows]]


def _follow_pronouns(
    batch: AnnotatedBatch,
    kinds: Sequence[str],
    first: LongArray,
    behind: LongArray,
    start: LongArray,
    kind: LongArray,
    side: LongArray,
) -> None:
    """Let "he", "she" and "they" be the speaker before them in the same text. Changes `kind` and `side`.

    A quotation without a speaker that goes on in the paragraph of one with a speaker is his too.
    """
    if not len(start):
        return
    pronoun = np.zeros(len(first), dtype=bool)
    one = (first >= 0) & (behind - first == 1)
    pronoun[one] = _are_words(batch, PRONOUNS)[first[one]]
    named = (first >= 0) & ~pronoun
    last = np.maximum.accumulate(np.where(named, np.arange(len(first)), -1))
    single = np.zeros(len(first), dtype=bool)
    single[one] = _are_words(batch, PERSONS)[first[one]]
    person = named & ~np.isin(kind, [kinds.index(k) for k in BODIES if k in kinds])
    last_person = np.maximum.accumulate(np.where(person, np.arange(len(first)), -1))
    last = np.where(single, last_person, last)
    segment = np.searchsorted(batch.tokens.bounds, start, side="right")
    same = pronoun & (last >= 0)
    same[same] = segment[last[same]] == segment[same]
    paragraph = np.cumsum((batch.tokens.flags & PARAGRAPH_BEFORE) != 0)[start]
    goes_on = (first < 0) & (batch.voices.code[start] == QUOTED) & (last >= 0)
    goes_on[goes_on] = paragraph[last[goes_on]] == paragraph[goes_on]
    same |= goes_on
    kind[same] = kind[last[same]]
    side[same] = side[last[same]]


def _mark_anonymity(
    batch: AnnotatedBatch, roles: _Places, kinds: Sequence[str], cue: LongArray, kind: LongArray
) -> None:
    """A speaker whose sentence says that he is not named is anonymous, whatever his office. Changes `kind`."""
    if ANONYMITY not in kinds or ANONYMOUS not in kinds:
        return
    marked = batch.sentence_of[roles.start[roles.category == kinds.index(ANONYMITY)]]
    hidden = np.zeros(len(batch.sentences) + 1, dtype=bool)
    hidden[marked] = True
    sentence = np.where(cue >= 0, batch.sentence_of[np.maximum(cue, 0)], len(batch.sentences)) if len(cue) else cue
    kind[hidden[sentence] | (kind == kinds.index(ANONYMITY))] = kinds.index(ANONYMOUS)


def _verb_of(verbs: _Places, first: LongArray, behind: LongArray) -> LongArray:
    """Return the class of the first report verb that begins in each cue, -1 without any."""
    low = np.searchsorted(verbs.start, first)
    inside = (first >= 0) & (low < len(verbs.start))
    place = np.minimum(low, max(0, len(verbs.start) - 1))
    if not len(verbs.start):
        return np.full(len(first), -1, dtype=np.int64)
    return np.where(inside & (verbs.start[place] < behind), verbs.category[place], -1)


def _table(batch: AnnotatedBatch, found: Speakers) -> pa.Table:
    voices = batch.voices
    span = found.span
    head, tail = place_columns(batch, voices.start[span], voices.end[span], voices.voice[span])
    referents = [*batch.matcher.referents, ("", "")]
    side = np.where(found.side < 0, len(referents) - 1, found.side)
    return pa.table(
        {
            **head,
            "words": pa.array(found.words.astype(np.float64)),
            "speaker": encode_strings(printed(batch, voices.speaker_start[span], voices.speaker_end[span])),
            "kind": encode(found.kinds, found.kind),
            "lexicon": encode([a for a, _ in referents], side),
            "referent": encode([b for _, b in referents], side),
            "cue": encode_strings(printed(batch, voices.cue_start[span], voices.cue_end[span])),
            "verb": encode((*found.verbs, ""), np.where(found.verb < 0, len(found.verbs), found.verb)),
            **tail,
        }
    )


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the shares of others' words by kind of speaker, of officials beside ordinary people, and of the classes of
    report verbs; nan where nobody else speaks, neither of the two does, or no report verb is in a class."""
    mine = {x.name: x for x in lexicons if x.module == MODULE}
    found: list[Measure] = []
    every = tuple(f"words:{v}" for v in OTHERS)
    if "speakers" in mine:
        labels = {c.key: c.label for c in mine["speakers"].categories.values() if c.key not in NO_KINDS}
        for kind, label in (*labels.items(), (UNKNOWN, "speakers that the article or the program leaves unknown")):
            found.append(
                Measure(
                    f"sourcing.words.{kind}",
                    f"Words of {label}",
                    "share of all quoted and attributed words",
                    tuple(f"sourcing-words:{kind}:{v}" for v in OTHERS),
                    every,
                    1,
                    "higher = they speak more",
                    tuple(f"sourcing:speakers:{kind}:{v}" for v in OTHERS),
                )
            )
        both = tuple(f"sourcing-words:{kind}:{v}" for kind in ("official", "ordinary") for v in OTHERS)
        found.append(
            Measure(
                "sourcing.officials",
                "Officials among officials and ordinary people",
                "share of their words",
                both[:2],
                both,
                1,
                "higher = officials speak more than ordinary people",
                tuple(f"sourcing:speakers:official:{v}" for v in OTHERS),
            )
        )
    if "verbs" in mine:
        classes = list(mine["verbs"].categories.values())
        below = tuple(f"sourcing:verbs:{c.key}:{v}" for c in classes for v in OTHERS)
        for c in classes:
            above = tuple(f"sourcing:verbs:{c.key}:{v}" for v in OTHERS)
            found.append(
                Measure(
                    f"sourcing.verbs.{c.key}",
                    c.label[:1].upper() + c.label[1:],
                    "share of classed report verbs",
                    above,
                    below,
                    1,
                    "higher = used more",
                )
            )
        if "speakers" in mine:
            found += _verbs_by_kind([c.key for c in classes], mine["speakers"].categories)
    return found


def _verbs_by_kind(classes: Sequence[str], kinds: Mapping[str, Category]) -> list[Measure]:
    """List, for each kind of speaker, the shares of the classes of report verbs used for that kind."""
    return [
        Measure(
            f"sourcing.verbs.{verb}.{kind}",
            f"{verb[:1].upper() + verb[1:]} report verbs for {category.label}",
            "share of classed report verbs for them",
            f"sourcing-verbs:{verb}:{kind}",
            tuple(f"sourcing-verbs:{other}:{kind}" for other in classes),
            1,
            "higher = used more for them",
            tuple(f"sourcing:verbs:{verb}:{v}" for v in OTHERS),
        )
        for kind, category in kinds.items()
        if kind not in NO_KINDS
        for verb in classes
        if verb != "neutral"
    ]
