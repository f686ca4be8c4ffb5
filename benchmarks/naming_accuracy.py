"""Naming measured against hand coding: the five seed pages, and the mentions coded in fourteen articles.

    python benchmarks/naming_accuracy.py [SHARED] [--misses]

SHARED is the folder with `seeds/` and `data/`, by default `../shared` beside the checkout. Prints one line a figure.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from framing import ingest
from framing.annotation import SECTIONS, AnnotatedBatch, Annotator
from framing.corpus import corpus_root, read_corpus
from framing.lexicon import read_lexicons
from framing.text import Article
from framing.voice import VOICES

SEED_REFERENTS = (
    "armed_opposition government government_forces head_of_state war jihadist_label islamic_state nusra alqaeda"
    " opposition_faction peace_process truce aleppo_2016 sponsor_role death_verb displacement"
).split()
# Which kinds of referent may name a class of the coding: the classes are coarser in places and finer in others.
KINDS_OF_CLASS = {
    "armed_group": {"armed-group", "group-name", "belief", "side", "role", "people", "other"},
    "group_name": {"group-name", "armed-group", "territory", "government"},
    "government": {"government", "forces", "leader"},
    "leader": {"leader", "group-name", "government"},
    "conflict": {"conflict", "event"},
    "event": {"event", "conflict", "harm", "crowd", "policy", "process"},
    "migrants": {"migrants", "people"},
    "migration_policy": {"policy", "territory", "process", "object"},
    "abortion_sides": {"side"},
    "abortion_object": {"object", "people"},
    "police_protest": {"crowd", "forces"},
    "policy_label": {"policy", "object"},
    "harm": {"harm", "event"},
    "other_label": {"people", "object", "policy", "territory", "side", "other", "armed-group", "role"},
}
NAMING_CLASSES = (
    "armed_group group_name government leader conflict event migrants migration_policy abortion_sides police_protest"
    " policy_label"
).split()


def plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("’", "'").split())


def mentions_of(batch: AnnotatedBatch) -> list[dict]:
    tokens, matches = batch.tokens, batch.matches
    rows = []
    for start, end, entry in zip(matches.start, matches.end, matches.entry, strict=True):
        article = batch.articles[batch.article[start]]
        section = SECTIONS[batch.section[start]]
        text = article.title if section == "headline" else article.text
        a, b = int(tokens.start[start]), int(tokens.end[end - 1])
        found = batch.matcher.entries[entry]
        rows.append(
            {
                "article": article.id,
                "section": "headline" if section == "headline" else "body",
                "start": a,
                "end": b,
                "surface": text[a:b],
                "voice": VOICES[batch.voices.code[start]],
                "lexicon": found.lexicon.name,
                "referent": found.term.category,
                "kind": found.lexicon.categories[found.term.category].kind,
            }
        )
    return rows


def seeds(shared: Path, show: bool) -> None:
    folder = shared / "seeds"
    articles = list(ingest.read_articles(folder, metadata=folder / "articles.csv"))
    names = {a.id: a.extra.get("file", a.id) for a in articles}
    found: dict[tuple, list[dict]] = defaultdict(list)
    for row in mentions_of(Annotator(read_lexicons(["syria"]))(articles)):
        found[names[row["article"]], row["section"], row["referent"].replace("-", "_")].append(row)
    gold: dict[tuple, list[dict]] = defaultdict(list)
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            gold[row["doc"], row["section"], row["referent"]].append(row)
    hit = missed = extra = 0
    voice_right = voice_all = control_hits = 0
    for key in sorted(set(gold) | set(found)):
        if key[2] not in SEED_REFERENTS:
            continue
        left = list(found[key])
        wanted: list[tuple[str, str, str]] = []
        for row in gold[key]:
            if row["note"].startswith("CONTROL"):
                surfaces = [plain(f["surface"]) for f in found[key]]
                control_hits += surfaces.count(plain(row["term_as_written"]))
                continue
            wanted += [(plain(row["term_as_written"]), row["voice"], row["note"])] * int(row["count"])
        for same_voice, exact in ((True, True), (False, True), (True, False), (False, False)):
            for term in list(wanted):
                for candidate in left:
                    surface = plain(candidate["surface"])
                    fits = surface == term[0] if exact else (surface in term[0] or term[0] in surface)
                    if fits and (not same_voice or candidate["voice"] == term[1]):
                        left.remove(candidate)
                        wanted.remove(term)
                        if "UNSCORED" in term[2]:
                            break
                        hit += 1
                        if "AMBIGUOUS" not in term[2]:
                            voice_all += 1
                            voice_right += candidate["voice"] == term[1]
                            if show and candidate["voice"] != term[1]:
                                print("  voice", key, candidate["surface"], candidate["voice"], "wanted", term[1])
                        break
        wanted = [w for w in wanted if "UNSCORED" not in w[2]]
        missed += len(wanted)
        extra += len(left)
        if show and (wanted or left):
            print("  ", key, "missed", [w[0] for w in wanted], "extra", [f["surface"] for f in left])
    f1 = 2 * hit / (2 * hit + missed + extra)
    print(f"seeds: mention F1 {f1:.4f} (hit {hit}, missed {missed}, extra {extra}); controls with hits {control_hits}")
    print(f"seeds: voice right {voice_right / max(1, voice_all):.4f} of {voice_all} matched unambiguous mentions")


def coded_articles(shared: Path, show: bool) -> None:
    gold = read_gold(shared / "data" / "gold_mentions.csv")
    wanted = {row["doc"] for row in gold}
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["id"] in wanted]
    articles = [Article(id=r["id"], outlet=r["outlet"], text=r["text"], title=r["title"]) for r in rows]
    compare("coded articles", gold, articles, show)


def embedded_corpus(show: bool) -> tuple[float, float]:
    gold = read_gold(corpus_root() / "gold.csv")
    wanted = {row["doc"] for row in gold}
    return compare("embedded corpus", gold, [a for a in read_corpus() if a.id in wanted], show)


def read_gold(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "doc": row.get("doc") or row["id"]} for row in csv.DictReader(file)]


def compare(label: str, gold: list[dict[str, str]], articles: list[Article], show: bool) -> tuple[float, float]:
    """Print recall by class and the share of voices that are right; returns recall over the naming classes, and
    voices."""
    found = defaultdict(list)
    for row in mentions_of(Annotator(read_lexicons())(articles)):
        found[row["article"], row["section"]].append(row)
    totals: Counter[str] = Counter()
    fitting: Counter[str] = Counter()
    overlapping: Counter[str] = Counter()
    right = judged = 0
    for row in gold:
        if "SCOPE" in row["note"] or "BOILERPLATE" in row["note"]:
            continue
        name = row["class"]
        totals[name] += 1
        over = [
            m
            for m in found[row["doc"], row["section"]]
            if m["start"] < int(row["end"]) and int(row["start"]) < m["end"]
        ]
        fit = [m for m in over if m["kind"] in KINDS_OF_CLASS[name]]
        overlapping[name] += bool(over)
        fitting[name] += bool(fit)
        if show and not fit:
            print("  missed", name, repr(row["surface"]), "by kind only" if over else "", row["doc"])
        if over and row["ambiguous"] == "0":
            voice = max(fit or over, key=lambda m: m["end"] - m["start"])["voice"]
            judged += 1
            right += voice == row["voice"]
            if show and voice != row["voice"]:
                print("  voice", repr(row["surface"]), "is", voice, "wanted", row["voice"], row["doc"], row["start"])
    print(f"{label}: class                 n  overlap  same kind")
    for name in totals:
        print(
            f"  {name:24} {totals[name]:5d}  {overlapping[name] / totals[name]:.3f}    "
            f"{fitting[name] / totals[name]:.3f}"
        )
    for which, classes in (("naming classes", NAMING_CLASSES), ("all classes", list(totals))):
        n = sum(totals[c] for c in classes)
        print(
            f"{label}: recall over {which} {sum(overlapping[c] for c in classes) / n:.4f} by overlap, "
            f"{sum(fitting[c] for c in classes) / n:.4f} by overlap with a fitting kind (n {n})"
        )
    print(f"{label}: voice right {right / max(1, judged):.4f} of {judged} matched unambiguous mentions")
    naming = sum(totals[c] for c in NAMING_CLASSES)
    return sum(overlapping[c] for c in NAMING_CLASSES) / naming, right / max(1, judged)


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    shared = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "shared"
    show = "--misses" in sys.argv
    np.seterr(all="raise")
    embedded_corpus(show)
    if (shared / "seeds").is_dir():
        seeds(shared, show)
        coded_articles(shared, show)
    else:
        print(f"{shared}: no development data there, so only the embedded corpus was measured")


if __name__ == "__main__":
    main()
