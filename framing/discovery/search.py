"""From an analysis to a draft lexicon: which referents and outlets are looked at, and what of both is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.discovery.candidates import MIN_MENTIONS, Candidate, CandidateFinder, Slot
from framing.discovery.draft import Draft, DraftCategory, DraftTerm, write_draft
from framing.discovery.known import KnownPhrases
from framing.discovery.marks import choose_marks, find_sentences
from framing.discovery.reading import read_chosen
from framing.discovery.slots import read_field
from framing.engine.run import batches
from framing.errors import InputError
from framing.phrases import PhraseCounts, count_phrases
from framing.statistics.keyness import MIN_SIDE, compute_keyness
from framing.store import Folder
from framing.text import Article

MAX_ARTICLES = 4000
"""Articles whose tokens are held at once for the slots: about half a gigabyte. Of more, those that name the referents
are taken first, and among equals those whose ids have the lowest hashes."""
REFERENTS, PER_REFERENT = 8, 10
OUTLETS, PER_OUTLET = 3, 15
_SHOWN_SLOTS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes
    ----------
    draft : Draft
    categories : tuple of DraftCategory
    names : mapping of str to tuple of Candidate
        Candidates of each referent, by the key of its category.
    searched, articles : int
        Articles whose slots were looked at, and articles of the analysis.
    """

    draft: Draft
    categories: tuple[DraftCategory, ...]
    names: Mapping[str, tuple[Candidate, ...]]
    searched: int
    articles: int


def discover(
    folder: Folder,
    records: Sequence[Mapping[str, Any]],
    target: Path,
    *,
    referents: Sequence[tuple[str, str]] = (),
    outlet: str | None = None,
    voice: str | None = "own",
    limit: int = PER_REFERENT,
    seed: int = 2017,
) -> Found:
    """Search an analysis for names and phrases that no lexicon has, and write them as a draft lexicon.

    Parameters
    ----------
    folder : Folder
    records : sequence of mappings
        The lexicons of the analysis, all modules.
    target : Path
        New or empty.
    referents : sequence of (lexicon, referent)
        Whose names to look for; by default the `REFERENTS` that are mentioned most, persons left out.
    outlet : str, optional
        Look only in its articles, and for phrases that mark it; by default in all articles, and for phrases that mark
        each of the `OUTLETS` largest.
    voice : str, optional
    limit : int
        Candidates of each referent.
    seed : int
        Of keyness.

    Raises
    ------
    InputError
        Nothing was found, or the target is not empty.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(f"{target}: exists already. Choose another name for the draft.")
    naming = {record["name"]: record for record in records if record["module"] == "naming"}
    known = KnownPhrases(records)
    ranked = rank_referents(folder, voice) if not referents else []
    # Persons have names rather than variants, and whoever speaks fills their slots.
    persons = {(name, key) for name, r in naming.items() for key, c in r["categories"].items() if c["kind"] == "leader"}
    chosen = list(referents) or [r for r in ranked if r not in persons][:REFERENTS]
    names, searched, total = _find_names(folder, naming, chosen, outlet, voice, limit, known)
    categories = [
        DraftCategory(f"{a}-{b}", str(naming[a]["categories"][b]["label"]), str(naming[a]["categories"][b]["kind"]))
        for a, b in chosen
    ]
    terms = [
        DraftTerm(key, c.phrase, c.score, c.count, c.articles, c.outlets, say_slots(c), tuple(_ids(c)))
        for key, found in names.items()
        for c in found
    ]
    counts = count_phrases(_all_articles(folder), voice)
    for number, name in enumerate([outlet] if outlet is not None else _largest(counts)):
        marks = _find_marks(folder, counts, name, known, seed)
        category = DraftCategory(_slug(name, number), f"Phrases that mark {name}", "other")
        categories.append(category)
        terms += [
            DraftTerm(category.key, phrase, score, count, articles, (name,), reason, ids)
            for phrase, score, count, articles, reason, ids in marks
        ]
    if not terms:
        raise InputError("nothing was found that no lexicon has. Look at more articles, or at another referent.")
    articles = read_chosen(folder, {i for term in terms for i in term.article_ids})
    draft = write_draft(target, f"Candidates from {folder.path.resolve().name}", categories, terms, articles)
    return Found(draft, tuple(categories), names, searched, total)


def say_slots(candidate: Candidate) -> str:
    """Return the heaviest slots of a candidate in one line."""
    shown: list[Slot] = []
    for slot in candidate.slots:  # "X say" tells nothing beside "the X say"
        if len(shown) < _SHOWN_SLOTS and not any(slot.text in s.text or s.text in slot.text for s in shown):
            shown.append(slot)
    return "slots: " + ", ".join(f"“{s.text}”" + (f" {s.count} times" if s.count > 1 else "") for s in shown)


def rank_referents(folder: Folder, voice: str | None) -> list[tuple[str, str]]:
    """Return the referents with `MIN_MENTIONS` mentions in a voice, those with most first."""
    mentions = folder.table("mentions", ["module", "lexicon", "category", "voice"])
    mask = pc.equal(mentions["module"].cast(pa.string()), "naming")
    if voice is not None:
        mask = pc.and_(mask, pc.equal(mentions["voice"].cast(pa.string()), voice))
    kept = mentions.filter(mask)
    table = pa.table({c: kept[c].cast(pa.string()) for c in ("lexicon", "category")})
    grouped = table.group_by(["lexicon", "category"]).aggregate([([], "count_all")]).to_pylist()
    rows = [(-r["count_all"], r["lexicon"], r["category"]) for r in grouped if r["count_all"] >= MIN_MENTIONS]
    return [(lexicon, referent) for _, lexicon, referent in sorted(rows)]


def _find_names(
    folder: Folder,
    naming: Mapping[str, Mapping[str, Any]],
    referents: Sequence[tuple[str, str]],
    outlet: str | None,
    voice: str | None,
    limit: int,
    known: KnownPhrases,
) -> tuple[dict[str, tuple[Candidate, ...]], int, int]:
    if not naming or not referents:
        return {}, 0, 0
    mentions = folder.table("mentions")
    ids, total = choose_articles(folder, mentions, referents)
    kept = set(ids)
    chosen = ([a for a in group if a.id in kept] for group in _all_articles(folder))
    finder = CandidateFinder(read_field((group for group in chosen if group), mentions, voice))
    names = {}
    for lexicon, referent in referents:
        found = finder.find(lexicon, referent, outlet=outlet, limit=2 * limit)
        # A name that a lexicon has for somebody else, or only behind a topic, is no news.
        listed = known([c.phrase for c in found])
        fresh = [c for c, in_lexicon in zip(found, listed.tolist(), strict=True) if not in_lexicon]
        names[f"{lexicon}-{referent}"] = tuple(fresh[:limit])
    return names, len(ids), total


def choose_articles(
    folder: Folder, mentions: pa.Table, referents: Sequence[tuple[str, str]], most: int = MAX_ARTICLES
) -> tuple[list[str], int]:
    """Choose the articles whose slots are looked at, and count them all; see `MAX_ARTICLES`."""
    ids = folder.table("articles", ["id"])["id"].to_pylist()
    if len(ids) <= most:
        return ids, len(ids)
    pairs = pc.binary_join_element_wise(
        mentions["lexicon"].cast(pa.string()), mentions["category"].cast(pa.string()), "/"
    )
    wanted = pc.is_in(pairs, pa.array([f"{a}/{b}" for a, b in referents], pa.string()))
    naming = set(pc.unique(mentions["article_id"].filter(wanted).cast(pa.string())).to_pylist())
    ranked = sorted(ids, key=lambda i: (i not in naming, hashlib.sha256(i.encode()).digest(), i))
    return ranked[:most], len(ids)


def _find_marks(
    folder: Folder, counts: PhraseCounts, outlet: str, known: KnownPhrases, seed: int
) -> list[tuple[str, float, int, int, str, tuple[str, ...]]]:
    """Return (phrase, log-ratio, count, articles, reason, article ids) of the phrases that mark an outlet."""
    rows = counts.rows_of(outlet)
    others = np.setdiff1d(np.arange(len(counts.ids)), rows)
    if min(len(rows), len(others)) < MIN_SIDE:
        return []
    keyness = compute_keyness(counts, rows, others, seed=seed)
    marks = choose_marks(keyness, counts, outlets=[outlet], known=known).rows[:PER_OUTLET]
    examples = find_sentences(counts, rows, [r["key"] for r in marks], lambda ids: read_chosen(folder, ids), most=3)
    return [
        (
            r["phrase"],
            r["log_ratio"],
            r["count"],
            r["articles"],
            f"keyness: log ratio {r['log_ratio']:+.1f} [{r['low']:+.1f}, {r['high']:+.1f}], q {r['q']:.3f}, "
            f"elsewhere {r['other_count']} times in {r['other_articles']} articles",
            tuple(e["article_id"] for e in examples[r["key"]]),
        )
        for r in marks
    ]


def _all_articles(folder: Folder) -> Iterator[list[Article]]:
    return batches(
        Article(**row)
        for table in folder.row_groups("articles", ["id", "outlet", "date", "title", "event", "text"])
        for row in table.to_pylist()
    )


def _largest(counts: PhraseCounts) -> list[str]:
    """Return the outlets with most articles, those with enough of them for keyness."""
    sizes = {name: counts.outlets.count(name) for name in set(counts.outlets)}
    return [n for n in sorted(sizes, key=lambda n: (-sizes[n], n)) if sizes[n] >= MIN_SIDE][:OUTLETS]


def _slug(outlet: str, number: int) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", outlet.casefold())[:40].strip("-")
    return f"marks-{name}" if name else f"marks-outlet-{number + 1}"


def _ids(candidate: Candidate) -> list[str]:
    return [place.article_id for place in candidate.places]
