"""Agency: how harm to people is told, with or without the one who did it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.annotation import AnnotatedBatch
from framing.harm import FORMS, MODULE, Events, find_events, list_groups
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.rows import encode, encode_strings, place_columns, printed
from framing.scorers.counts import Counts, Found, Scored, count_found, count_keys, join
from framing.text import LongArray
from framing.voice import VOICES

LEXICON = "harm"
TOLD = FORMS[:-1]  # negated harm is kept apart: it is in no share
VERBS = ("active", "passive-agent", "passive-agentless")
FACELESS = ("things", "none")  # agents that are no persons and no bodies of persons
VOICE_LABELS = {"own": "own voice", "quoted": "in quotations", "attributed": "in reported speech"}


def score(batch: AnnotatedBatch) -> Scored:
    """Count the words that report harm by grammatical form, and by the groups of victim and agent.

    Each word of harm counts once: "shot and killed" twice. A noun that only says what a verb came from ("an air strike
    killed", "killed in the attack") is part of that verb's event. Forms: active, with an agent or cause as subject
    (also "clashes left nine dead", infinitives and participles); passive-agent, with a by-phrase, be it a person or a
    bomb; passive-agentless (also reduced: "the people killed", "Man shot"); nominal ("the killing", "X's arrest",
    "air strikes on X"); intransitive ("X died", "three dead"). Possible harm counts in its form; negated harm
    ("nobody was hurt") counts as "negated" only.

    Returns
    -------
    Scored
        "agency:harm:FORM:VOICE": words of harm; FORM as above or "negated".
        "agency-victim:GROUP:FORM:VOICE", "agency-agent:GROUP:FORM:VOICE": those that are not negated, by the groups of
        the two parties; "none" where none is named.
        "agency-faceless:GROUP:VOICE", "agency-faceless:all:VOICE": those that name no person and no body of persons as
        agent, by victim group and in all.
        Table "harms": one row for each word of harm, see `docs/tables.md`.

    References
    ----------
    Greene and Resnik (2009), More than Words: Syntactic Packaging and Implicit Sentiment, NAACL-HLT. Moreno-Medina,
    Ouss, Bayer and Ba (2025), Officer-Involved: The Media Language of Police Killings, Quarterly Journal of Economics.
    """
    events = find_events(batch)
    entries = batch.matcher.entries
    labels: dict[tuple[str, str, str], int] = {}
    label = [
        labels.setdefault((LEXICON, FORMS[form], entries[entry].term.pattern), len(labels))
        for form, entry in zip(events.form.tolist(), events.entry.tolist(), strict=True)
    ]
    found = Found(
        MODULE, events.start, events.end, np.array(label, dtype=np.int64), tuple(labels), np.zeros(len(events))
    )
    counts = join([count_found(batch, found), *_count_parties(batch, events)])
    return Scored(counts, found, {"harms": _table(batch, events)})


def _count_parties(batch: AnnotatedBatch, events: Events) -> list[Counts]:
    told = np.flatnonzero(events.form < len(TOLD))
    article = batch.article[events.start[told]]
    voice = batch.voices.code[events.start[told]].astype(np.int64)
    form = events.form[told]
    counts = []
    for side, group in (("victim", events.victim_group[told]), ("agent", events.agent_group[told])):
        key = (group * len(TOLD) + form) * len(VOICES) + voice
        names = [f"{MODULE}-{side}:{g}:{f}:{v}" for g in events.groups for f in TOLD for v in VOICES]
        counts.append(count_keys(article, key, names))
    faceless = [n for n, group in enumerate(events.groups) if group in FACELESS]
    rows = np.flatnonzero(np.isin(events.agent_group[told], faceless))
    by_group = events.victim_group[told][rows] * len(VOICES) + voice[rows]
    counts.append(
        count_keys(article[rows], by_group, [f"{MODULE}-faceless:{g}:{v}" for g in events.groups for v in VOICES])
    )
    counts.append(count_keys(article[rows], voice[rows], [f"{MODULE}-faceless:all:{v}" for v in VOICES]))
    return counts


def _table(batch: AnnotatedBatch, events: Events) -> pa.Table:
    head, tail = place_columns(batch, events.start, events.end)
    categories = [e.term.category.split("-")[0] for e in batch.matcher.entries]
    parties = {}
    for side, span, group in (
        ("victim", events.victim, events.victim_group),
        ("agent", events.agent, events.agent_group),
    ):
        start, end = span[:, 0], span[:, 1]
        parties[side] = encode_strings(printed(batch, start, end))
        parties[f"{side}_group"] = encode(events.groups, group)
        parties[f"{side}_referent"] = encode_strings(_referents(batch, start, end))
    return pa.table(
        {
            **head,
            "harm": encode(categories, events.entry),
            "form": encode(FORMS, events.grammar),
            "negated": pa.array(events.form == FORMS.index("negated")),
            "verb": encode_strings(printed(batch, events.start, events.end)),
            **parties,
            **tail,
        }
    )


def _referents(batch: AnnotatedBatch, start: LongArray, end: LongArray) -> list[str]:
    """Return the referent that a naming lexicon finds in each phrase, "LEXICON:REFERENT" of the last; "" for none."""
    matches = batch.of_module("naming")
    if not len(matches) or not len(start):
        return [""] * len(start)
    order = np.argsort(matches.start, kind="stable")
    begins: npt.NDArray[np.int64] = matches.start[order]
    last = np.searchsorted(begins, end) - 1
    inside = (start >= 0) & (last >= 0) & (begins[np.maximum(last, 0)] >= start)
    referent = batch.matcher.referent_of[matches.entry[order[np.maximum(last, 0)]]]
    names = [f"{lexicon}:{category}" for lexicon, category in batch.matcher.referents]
    return [names[r] if known else "" for r, known in zip(referent.tolist(), inside.tolist(), strict=True)]


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the shares of forms for each voice, and in own voice for each group of victims.

    A share over no events is undefined. Denominators: verbs of harm (active and passive) for the shares of active and
    agentless passive, all words of harm for the others; negated ones are in neither.
    """
    found = []
    for voice, label in VOICE_LABELS.items():
        verbs = tuple(f"{MODULE}:{LEXICON}:{form}:{voice}" for form in VERBS)
        told = tuple(f"{MODULE}:{LEXICON}:{form}:{voice}" for form in TOLD)
        found += [
            _share(f"agentless.{voice}", f"Passives that leave out who did it ({label})", verbs[2], verbs),
            _share(f"active.{voice}", f"Active verbs that say who did it ({label})", verbs[0], verbs),
            _share(f"faceless.{voice}", f"Harm with nobody named as its doer ({label})",
                   f"{MODULE}-faceless:all:{voice}", told, told),
            _share(f"nominal.{voice}", f"Harm told as a noun ({label})", told[3], told),
            _share(f"intransitive.{voice}", f"Harm told as dying, without a doer ({label})", told[4], told),
            Measure(f"{MODULE}.rate.{voice}", f"Words for harm done to people ({label})", "per 1,000 words", told,
                    f"words:{voice}", 1000, "higher = more harm reported"),
        ]  # fmt: skip
    doers = _groups(lexicons, ("body", "actor", "thing"))
    named = tuple(f"{MODULE}-agent:{group}:{form}:own" for group, _ in doers for form in TOLD)
    for group, label in doers:
        found.append(
            Measure(
                f"{MODULE}.by.{group}.own",
                f"{label} as those who do harm (own voice)",
                "share of the harm whose doer is named",
                tuple(f"{MODULE}-agent:{group}:{form}:own" for form in TOLD),
                named,
                1,
                "higher = named as the doer more often",
                tuple(f"{MODULE}:{LEXICON}:{form}:own" for form in TOLD),
            )
        )
    for group, label in _groups(lexicons, ("body", "actor")):
        verbs = tuple(f"{MODULE}-victim:{group}:{form}:own" for form in VERBS)
        told = tuple(f"{MODULE}-victim:{group}:{form}:own" for form in TOLD)
        shown = tuple(f"{MODULE}:{LEXICON}:{form}:own" for form in TOLD)
        found += [
            _share(f"agentless.{group}.own", f"{label} as victims: passives that leave out who did it (own voice)",
                   verbs[2], verbs, (f"{MODULE}:{LEXICON}:passive-agentless:own",)),
            _share(f"faceless.{group}.own", f"{label} as victims: nobody named as the doer (own voice)",
                   f"{MODULE}-faceless:{group}:own", told, shown),
        ]  # fmt: skip
    return found


def _share(
    name: str, label: str, numerator: str, denominator: tuple[str, ...], evidence: tuple[str, ...] = ()
) -> Measure:
    active = name.startswith("active")
    direction = "higher = says more often who did it" if active else "higher = says less often who did it"
    unit = "share of verbs of harm" if len(denominator) == len(VERBS) else "share of words of harm"
    return Measure(f"{MODULE}.{name}", label, unit, numerator, denominator, 1, direction, evidence)


def _groups(lexicons: Sequence[Lexicon], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return the groups of some kinds, with their labels: bodies and actors can suffer harm, things can do it too."""
    groups = {
        key: category.label
        for lexicon in lexicons
        if lexicon.module == MODULE
        for key, category in lexicon.categories.items()
        if category.kind in kinds and key != "nationality"
    }
    return [(name, groups[name]) for name in list_groups(list(groups)) if name in groups]
