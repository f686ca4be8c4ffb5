"""Drawing mentions for coders: stratified, with known chances, in context, in an order that tells nothing.

Mentions fall into strata by the columns asked for (lexicon, outlet, voice). A stratum too small for two items of a
proportional sample is pooled with its like over the column with most values (the outlet, as a rule), and again over the
next, so that no mention is out of reach. Each stratum gets its share of the sample, two items at least; within a
stratum every mention has the same chance, and a systematic draw from the mentions in the order of their entries spreads
the items over the entries. `stratum_size / stratum_drawn` is what an item stands for.

References
----------
Cochran (1977), Sampling Techniques, chapters 5 (stratified) and 8 (systematic).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.statistics.counters import IntArray
from framing.store import Folder
from framing.text import Splitter, Vocabulary, read_tokens

MODULES = ("naming", "loaded", "certainty", "frames", "morality", "agency", "casualties", "sourcing")
"""Modules of whose mentions one can say that they are right or wrong; tone and toward give scores instead."""
STRATA = ("lexicon", "outlet", "voice")
COLUMNS = ("lexicon", "category", "term", "outlet", "voice", "section")
FLOOR = 2  # items of a stratum at least: one tells nothing about its spread
CONTEXT = 400  # characters on each side, at most
ANY = "*"  # in the name of a stratum: pooled over this column

KEY_COLUMNS = {
    "item": pa.string(),
    "task": pa.string(),
    "article_id": pa.string(),
    "section": pa.string(),
    "start": pa.int64(),
    "end": pa.int64(),
    "module": pa.string(),
    "lexicon": pa.string(),
    "category": pa.string(),
    "term": pa.string(),
    "outlet": pa.string(),
    "voice": pa.string(),
    "stratum": pa.string(),
    "stratum_size": pa.int64(),
    "stratum_drawn": pa.int64(),
}
SHEET_COLUMNS = ("item", "left", "mention", "right", "question", "correct_referent", "voice", "note")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """Items for coders.

    Attributes
    ----------
    sheet : pa.Table
        What a coder gets: `SHEET_COLUMNS`, the last three empty.
    key : pa.Table
        What the coder must not see: `KEY_COLUMNS`. `task` is "mention", or "missed" for a sentence without mentions.
    notes : tuple of str
        What to tell whoever drew the sample.
    """

    sheet: pa.Table
    key: pa.Table
    notes: tuple[str, ...]


def draw_sample(
    folder: Folder,
    lexicons: Sequence[Mapping[str, Any]] = (),
    *,
    size: int = 200,
    module: str = "naming",
    by: Sequence[str] = STRATA,
    missed: int = 0,
    outlet_shown: bool = False,
    seed: int = 2017,
) -> Sample:
    """Draw mentions of an analysis for coding.

    Parameters
    ----------
    folder : Folder
    lexicons : sequence of mapping
        Records of the analysis' lexicons (name, module, categories with labels), for the questions.
    size : int
        Mentions; all of them where there are fewer.
    module : str
        One of `MODULES`.
    by : sequence of str
        Columns that make the strata, some of `COLUMNS`.
    missed : int
        Sentences without any mention of the module, to see what it misses: each with a referent that its article
        mentions elsewhere, drawn from all such pairs with equal chances.
    outlet_shown : bool
        Show the outlet in the question.
    seed : int
        The same seed draws the same items from the same analysis.

    Raises
    ------
    InputError
        No such module or column, a size below 1, or no mention.
    """
    if module not in MODULES:
        raise InputError(
            f"module {module!r} has no mentions that are right or wrong. Choose from {', '.join(MODULES)}."
        )
    for column in by:
        if column not in COLUMNS:
            raise InputError(f"--by {column!r}: no such column of the mentions. Choose from {', '.join(COLUMNS)}.")
    if size < 1 or missed < 0:
        raise InputError(f"a sample of {size} mentions and {missed} sentences. Give 1 or more, and 0 or more.")
    mentions = _read_mentions(folder, module)
    if not len(mentions):
        raise InputError(f"{folder.path}: no mention of the module {module}. Analyse with it, or choose another.")
    columns = {name: mentions[name].to_pylist() for name in {*by, "lexicon", "category", "term"}}
    order = _order(mentions, seed)
    size = min(size, len(mentions))
    stratum, names, whole = _stratify([columns[name] for name in by], len(mentions), size)
    drawn = _draw(stratum, size, columns, order, seed)
    notes = [f"{size:,} of {len(mentions):,} mentions of {module}, {len(names)} strata by {', '.join(by) or 'nothing'}"]
    if whole:
        notes.append(f"{whole:,} small strata are pooled ({ANY} in the key): see stratum")
    sizes = np.bincount(stratum, minlength=len(names))
    many = np.bincount(stratum[drawn], minlength=len(names))
    rows = mentions.take(drawn).to_pylist()
    for row, of in zip(rows, stratum[drawn].tolist(), strict=True):
        row |= {
            "task": "mention",
            "stratum": names[of],
            "stratum_size": int(sizes[of]),
            "stratum_drawn": int(many[of]),
        }
    if missed:
        rows += _draw_missed(folder, mentions, module, missed, seed, notes)
    return _finish(folder, rows, lexicons, outlet_shown, seed, tuple(notes))


def _read_mentions(folder: Folder, module: str) -> pa.Table:
    """Return a module's mentions with the outlet of each, all columns plain."""
    mentions = folder.table("mentions")
    mentions = mentions.filter(pc.equal(mentions["module"].cast(pa.string()), module))
    names = ("article_id", "section", "module", "lexicon", "category", "term", "voice")
    plain = pa.table(
        {
            **{name: mentions[name].cast(pa.string()) for name in names},
            **{name: mentions[name] for name in ("start", "end", "sentence_start", "sentence_end")},
        }
    )
    articles = folder.table("articles", ["id", "outlet"])
    place = pc.index_in(plain["article_id"], value_set=articles["id"].combine_chunks())
    return plain.append_column("outlet", articles["outlet"].combine_chunks().take(place.combine_chunks()))


def _generator(seed: int, what: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}\x1f{what}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def _order(mentions: pa.Table, seed: int) -> IntArray:
    """Return the mentions in an order of chance that depends on what they are and not on where they were stored."""
    keys = zip(
        *(mentions[name].to_pylist() for name in ("article_id", "section", "lexicon", "start", "end")), strict=True
    )
    digests = [hashlib.sha256(f"{seed}\x1f{key}".encode()).digest() for key in keys]
    return np.array(sorted(range(len(digests)), key=digests.__getitem__), dtype=np.int64)


def _codes(values: Sequence[str]) -> tuple[IntArray, list[str]]:
    """Return the number of each value among the distinct ones, ascending."""
    names = sorted(set(values))
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.int64), names


def _stratify(columns: Sequence[Sequence[str]], count: int, size: int) -> tuple[IntArray, list[str], int]:
    """Part mentions into strata, none of them (but the last one) too small for `FLOOR` items.

    Returns
    -------
    stratum : int64 array (mentions,)
    names : list of str
        Values joined by " / ", `ANY` where pooled.
    pooled : int
        Strata that were pooled with others.
    """
    if not columns:
        return np.zeros(count, dtype=np.int64), ["all"], 0
    coded = [_codes(values) for values in columns]
    codes = np.stack([numbers + 1 for numbers, _ in coded], axis=1)  # 0: pooled over this column
    needed = FLOOR * count / size
    pooled = 0
    for column in sorted(range(len(columns)), key=lambda c: (-len(coded[c][1]), c)):
        _, of, sizes = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
        small = sizes < needed
        pooled += int(small.sum())
        codes[small[of.ravel()], column] = 0
    strata, of = np.unique(codes, axis=0, return_inverse=True)
    names = [
        " / ".join(ANY if code == 0 else coded[column][1][code - 1] for column, code in enumerate(row))
        for row in strata.tolist()
    ]
    return of.ravel().astype(np.int64), names, pooled


def _draw(stratum: IntArray, size: int, columns: Mapping[str, Sequence[str]], order: IntArray, seed: int) -> IntArray:
    """Draw from every stratum, its entries spread. Returns rows of mentions, ascending."""
    sizes = np.bincount(stratum)
    share = _allot(sizes, size)
    entry, _ = _codes(
        ["\x1f".join(e) for e in zip(*(columns[c] for c in ("lexicon", "category", "term")), strict=True)]
    )
    sorted_rows = order[np.lexsort((entry[order], stratum[order]))]  # stable: chance within an entry
    firsts = np.concatenate(([0], np.cumsum(sizes)))
    generator = _generator(seed, "draw")
    drawn = []
    for number, many in enumerate(share.tolist()):
        if many:
            step = sizes[number] / many
            places = np.floor(generator.random() * step + step * np.arange(many)).astype(np.int64)
            drawn.append(sorted_rows[firsts[number] + np.minimum(places, sizes[number] - 1)])
    return np.asarray(np.sort(np.concatenate(drawn)))


def _allot(sizes: IntArray, size: int) -> IntArray:
    """Share a sample out over strata: in proportion, `FLOOR` at least, no more than there are; largest remainders."""
    floor = np.minimum(sizes, FLOOR)
    if floor.sum() >= size:  # few items for many strata: the largest first
        floor = np.minimum(sizes, 1)
        keep = np.argsort(-sizes, kind="stable")[:size]
        share = np.zeros_like(sizes)
        share[keep] = floor[keep]
        floor = share
    wanted = np.maximum(floor, sizes * size / sizes.sum())
    while True:
        free = wanted > floor
        excess = wanted.sum() - size
        if excess <= 1e-9 or not free.any():
            break
        room = wanted[free] - floor[free]
        wanted[free] -= room * min(1.0, excess / room.sum())
    share = np.floor(wanted + 1e-9).astype(np.int64)
    rest = np.argsort(-(wanted - share), kind="stable")
    for number in rest.tolist() * 2:
        if share.sum() >= size:
            break
        if share[number] < sizes[number]:
            share[number] += 1
    return np.asarray(share, dtype=np.int64)


def _draw_missed(
    folder: Folder, mentions: pa.Table, module: str, missed: int, seed: int, notes: list[str]
) -> list[Row]:
    """Draw pairs of a sentence without mentions and a referent that its article mentions."""
    articles = folder.table("articles", ["id", "outlet", "title", "text", "sentences"])
    ids = articles["id"].to_pylist()
    place = {article: number for number, article in enumerate(ids)}
    referents: list[set[tuple[str, str]]] = [set() for _ in ids]
    marked: list[set[tuple[bool, int]]] = [set() for _ in ids]
    needed = ("article_id", "lexicon", "category", "section", "sentence_start")
    for article, lexicon, category, section, start in zip(*(mentions[c].to_pylist() for c in needed), strict=True):
        referents[place[article]].add((lexicon, category))
        marked[place[article]].add((section == "headline", start))
    free = np.array(articles["sentences"].to_pylist(), dtype=np.int64) - np.array([len(m) for m in marked])
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    pairs = (np.maximum(free, 0) * np.array([len(r) for r in referents]))[order]
    total = int(pairs.sum())
    if not total:
        notes.append("no sentence without a mention in articles with mentions: none drawn")
        return []
    missed = min(missed, total)
    chosen = np.sort(_generator(seed, "missed").choice(total, missed, replace=False))
    behind = np.cumsum(pairs)
    rows: list[Row] = []
    texts: dict[int, list[tuple[bool, int, int]]] = {}
    for number in chosen.tolist():
        at = int(np.searchsorted(behind, number, side="right"))
        article = int(order[at])
        within = number - int(behind[at] - pairs[at])
        if article not in texts:
            title, text = articles["title"][article].as_py(), articles["text"][article].as_py()
            found = [(True, *s) for s in find_sentences(title)] + [(False, *s) for s in find_sentences(text)]
            texts[article] = [s for s in found if s[:2] not in marked[article]]
        sentence, which = divmod(within, len(referents[article]))
        if sentence >= len(texts[article]):  # stored counts of another version of the program
            continue
        headline, start, end = texts[article][sentence]
        lexicon, category = sorted(referents[article])[which]
        rows.append(
            {
                "task": "missed",
                "article_id": ids[article],
                "section": "headline" if headline else "body",
                "start": start,
                "end": end,
                "module": module,
                "lexicon": lexicon,
                "category": category,
                "term": "",
                "outlet": articles["outlet"][article].as_py(),
                "voice": "",
                "stratum": "missed",
                "stratum_size": total,
                "stratum_drawn": missed,
            }
        )
    notes.append(f"{len(rows):,} of {total:,} pairs of a sentence without mentions and a referent of its article")
    return rows


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text start and end."""
    tokens = read_tokens([text], Vocabulary())
    firsts = Splitter()(tokens)
    if not len(firsts):
        return []
    lasts = np.append(firsts[1:], len(tokens)) - 1
    return list(zip(tokens.start[firsts].tolist(), tokens.end[lasts].tolist(), strict=True))


def _finish(
    folder: Folder,
    rows: list[Row],
    lexicons: Sequence[Mapping[str, Any]],
    outlet_shown: bool,
    seed: int,
    notes: tuple[str, ...],
) -> Sample:
    """Shuffle and number the items, and set them in context."""
    rows.sort(key=lambda r: (r["article_id"], r["section"], r["start"], r["lexicon"], r["category"], r["task"]))
    rows = [rows[number] for number in _generator(seed, "shuffle").permutation(len(rows)).tolist()]
    labels = {
        (x["module"], x["name"], key): category["label"] for x in lexicons for key, category in x["categories"].items()
    }
    wanted = pa.array(sorted({row["article_id"] for row in rows}), pa.string())
    articles = folder.table("articles", ["id", "title", "text"])
    articles = articles.filter(pc.is_in(articles["id"], wanted))
    texts = {row["id"]: (row["title"], row["text"]) for row in articles.to_pylist()}
    sentences: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    width = len(str(len(rows)))
    sheet: list[Row] = []
    for number, row in enumerate(rows, 1):
        row["item"] = f"i{number:0{width}}"  # a letter first: a spreadsheet would turn 007 into 7
        headline = row["section"] == "headline"
        text = texts[row["article_id"]][0 if headline else 1]
        place = row["article_id"], headline
        if place not in sentences:
            sentences[place] = find_sentences(text)
        left, mention, right = _in_context(text, row["start"], row["end"], sentences[place])
        label = str(labels.get((row["module"], row["lexicon"], row["category"]), row["category"]))
        question = _ask(row, " ".join(mention.split()), label)
        sheet.append(
            {
                "item": row["item"],
                "left": f"[headline] {left}".strip() if headline else left,
                "mention": mention,
                "right": right,
                "question": f"[{row['outlet']}] {question}" if outlet_shown else question,
                "correct_referent": "",
                "voice": "",
                "note": "",
            }
        )
    key = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in KEY_COLUMNS.items()})
    shown = pa.table({name: pa.array([row[name] for row in sheet], pa.string()) for name in SHEET_COLUMNS})
    return Sample(shown, key, notes)


def _in_context(text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> tuple[str, str, str]:
    """Return what stands around a span: its sentence, the one before and the one after, within `CONTEXT`."""
    before = [number for number, (first, _) in enumerate(sentences) if first <= start]
    own = before[-1] if before else 0
    first = sentences[max(0, own - 1)][0] if sentences else 0
    last = sentences[min(len(sentences) - 1, own + 1)][1] if sentences else len(text)
    left = text[max(first, start - CONTEXT, 0) : start] if first < start else ""
    right = text[end : min(max(last, end), end + CONTEXT)]
    return " ".join(left.split()), " ".join(text[start:end].split()), " ".join(right.split())


def _ask(row: Row, mention: str, label: str) -> str:
    mention = mention if len(mention) <= 60 else f"{mention[:57]}..."
    naming = row["module"] == "naming"
    if row["task"] == "missed":
        what = f"Is there a name for: {label}?" if naming else f"Is there a case of: {label}?"
        return f"{what} Pronouns do not count. Answer y or n under correct_referent; leave voice empty."
    return f"Does “{mention}” name: {label}?" if naming else f"Is “{mention}” a case of: {label} ({row['lexicon']})?"
