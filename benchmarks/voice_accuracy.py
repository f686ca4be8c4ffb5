"""How often the voice of a word agrees with people who read the text.

    python benchmarks/voice_accuracy.py [DATA_FOLDER]

Reads what it finds in the folder (default ../shared beside the checkout): in `data`, attribution.jsonl.gz,
event_triples.jsonl.gz, and gold_mentions.csv and gold_sentences.csv with contested_topics.jsonl.gz; and the five
`seeds`. Build is the part that rules were made on; watch, the last quarter by the hash of the id, is looked at rarely
(--watch). -v prints what is wrong in the gold sets.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.lexicon import find_lexicon, read_lexicon
from framing.text import Splitter, Vocabulary, read_tokens
from framing.voice import ATTRIBUTED, OWN, QUOTED, SCARE, VOICES, VoiceFinder

Codes = npt.NDArray[np.int8]


class Reader:
    """Texts to voices of characters."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.splitter = Splitter()
        self.finder = VoiceFinder(read_lexicon(find_lexicon("cues", "voice")))
        self.seconds = 0.0
        self.size = 0
        self.sources: list[npt.NDArray[np.bool_]] = []

    def __call__(self, texts: list[str], titles: list[bool] | None = None) -> list[Codes]:
        """Return for each text the voice of each character; white space takes the voice of what stands before it."""
        tokens = read_tokens(texts, self.vocabulary)
        sentences = self.splitter(tokens)
        begin = time.process_time()
        voices = self.finder(tokens, sentences, np.array(titles or [False] * len(texts), dtype=bool))
        self.seconds = time.process_time() - begin
        self.size = sum(len(t.encode()) for t in texts)
        source = np.zeros(len(tokens), dtype=bool)
        ends = np.append(sentences[1:], len(tokens))
        for span in np.flatnonzero(voices.cue_start >= 0).tolist():
            # From the speaker to the cue with all that describes him, and on to the next content or the sentence end.
            places = [
                int(a[span]) for a in (voices.cue_start, voices.cue_end, voices.speaker_start, voices.speaker_end)
            ]
            begin = min(p for p in places if p >= 0)
            stop = int(ends[np.searchsorted(ends, places[1] - 1, side="right")])
            later = np.flatnonzero(voices.code[places[1] : stop])
            source[begin : places[1] + (int(later[0]) if len(later) else stop - places[1])] = True
        source &= voices.code == OWN
        codes = []
        self.sources = []  # characters of cues and speakers, which the coders left out of a sentence's voice
        for number, text in enumerate(texts):
            first, last = tokens.bounds[number], tokens.bounds[number + 1]
            code = np.zeros(len(text) + 1, dtype=np.int8)
            for start, end, voice in zip(
                tokens.start[first:last].tolist(),
                tokens.end[first:last].tolist(),
                voices.code[first:last].tolist(),
                strict=True,
            ):
                code[start:end] = voice
            codes.append(code)
            inside = np.zeros(len(text) + 1, dtype=bool)
            for token in (np.flatnonzero(source[first:last]) + first).tolist():
                inside[tokens.start[token] : tokens.end[token]] = True
            self.sources.append(inside)
        return codes


def read_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def kappa(a: npt.NDArray[np.bool_], b: npt.NDArray[np.bool_]) -> float:
    """Return Cohen's kappa of two yes/no codings; nan when both are constant and equal."""
    agreement = float((a == b).mean())
    chance = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    return (agreement - chance) / (1 - chance) if chance < 1 else float("nan")


def measure_attribution(reader: Reader, data: Path, parts: Iterable[str]) -> None:
    path = data / "attribution.jsonl.gz"
    if not path.exists():
        return
    rows = read_rows(path)
    rows.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    cut = len(rows) * 3 // 4
    for part in parts:
        chosen = rows[:cut] if part == "build" else rows[cut:]
        texts = [r["text"] for r in chosen]
        reader(texts)
        codes = reader(texts)
        counts = {"quoted+attributed": np.zeros(3), "with scare": np.zeros(3)}
        for row, code in zip(chosen, codes, strict=True):
            content = np.zeros(len(row["text"]) + 1, dtype=bool)
            for span in row["spans"]:
                if span["kind"] == "content":
                    content[span["start"] : span["end"]] = True
            middle = np.array([(m.start() + m.end() - 1) // 2 for m in re.finditer(r"\S+", row["text"])])
            gold = content[middle]
            for name, voices in (
                ("quoted+attributed", (QUOTED, ATTRIBUTED)),
                ("with scare", (QUOTED, ATTRIBUTED, SCARE)),
            ):
                found = np.isin(code[middle], voices)
                counts[name] += ((found & gold).sum(), (found & ~gold).sum(), (~found & gold).sum())
        for name, (true, extra, missed) in counts.items():
            precision, recall = true / (true + extra), true / (true + missed)
            f1 = 2 * precision * recall / (precision + recall)
            print(
                f"attribution  {part:5}  {name:18} F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"
                f"  ({int(true + missed)} of {sum(len(t.split()) for t in texts)} tokens, {len(chosen)} articles)"
            )
        print(f"attribution  {part:5}  CPU {reader.seconds / reader.size * 1e6:.4f} s per MB warm")


def measure_events(reader: Reader, data: Path, parts: Iterable[str]) -> None:
    path = data / "event_triples.jsonl.gz"
    if not path.exists():
        return
    rows = read_rows(path)
    rows.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    cut = len(rows) * 3 // 4
    for part in parts:
        chosen = rows[:cut] if part == "build" else rows[cut:]
        codes = reader([r["text"] for r in chosen])
        gold, quoted, marked = [], [], []
        for row, code in zip(chosen, codes, strict=True):
            for span in row["spans"]:
                inside = code[span["start"] : span["end"]]
                gold.append(bool(span["quoted"]))
                quoted.append(2 * int((inside == QUOTED).sum()) > len(inside))
                marked.append(2 * int(np.isin(inside, (QUOTED, SCARE)).sum()) > len(inside))
        for name, found in (("quoted", quoted), ("quoted or scare", marked)):
            value = kappa(np.array(found), np.array(gold))
            print(f"event_triples {part:5}  {name:16} kappa {value:.4f}  ({len(gold)} spans)")


def measure_gold(reader: Reader, data: Path, verbose: bool) -> None:
    texts_path, mentions_path, sentences_path = (
        data / name for name in ("contested_topics.jsonl.gz", "gold_mentions.csv", "gold_sentences.csv")
    )
    if not (texts_path.exists() and mentions_path.exists()):
        return
    mentions = list(csv.DictReader(mentions_path.open(encoding="utf-8")))
    documents = sorted({m["doc"] for m in mentions})
    articles = {r["id"]: r for r in read_rows(texts_path) if r["id"] in documents}
    texts = [articles[d]["text"] for d in documents] + [articles[d]["title"] for d in documents]
    codes = reader(texts, [False] * len(documents) + [True] * len(documents))
    place = {
        (d, section): n + k * len(documents)
        for n, d in enumerate(documents)
        for k, section in enumerate(("body", "headline"))
    }
    right = {"unambiguous": [0, 0], "all, any listed voice": [0, 0]}
    for mention in mentions:
        number = place[mention["doc"], mention["section"]]
        start, end = int(mention["start"]), int(mention["end"])
        voice = VOICES[
            int(np.bincount(codes[number][start:end][~_space(texts[number][start:end])], minlength=4).argmax())
        ]
        allowed = {mention["voice"]}
        listed = re.search(r"VOICE ([a-z/]+)", mention["note"])
        if listed:
            allowed |= set(listed.group(1).split("/"))
        for name, count in right.items():
            if name == "unambiguous" and mention["ambiguous"] == "1":
                continue
            if "SCOPE" in mention["note"] or "BOILERPLATE" in mention["note"]:
                continue
            count[1] += 1
            count[0] += voice in (allowed if mention["ambiguous"] == "1" else {mention["voice"]})
            if verbose and name == "unambiguous" and voice != mention["voice"]:
                print(
                    f"  {mention['doc']} {mention['section']} want {mention['voice']} got {voice}: "
                    f"{texts[number][max(0, start - 100) : start]!r} [[{mention['surface']}]]"
                    f" {texts[number][end : end + 60]!r}"
                )
    for name, (good, total) in right.items():
        print(f"gold_mentions  voice right, {name}: {good / total:.4f}  ({total} mentions)")
    if not sentences_path.exists():
        return
    good = total = 0
    for row in csv.DictReader(sentences_path.open(encoding="utf-8")):
        number = place[row["doc"], "body"]
        start, end = int(row["start"]), int(row["end"])
        found = _sentence_voice(codes[number][start:end], reader.sources[number][start:end], texts[number][start:end])
        allowed = {row["voice"]}
        listed = re.search(r"VOICE ([a-z/]+)", row["note"])
        if listed:
            allowed |= set(listed.group(1).split("/"))
        total += 1
        good += found in allowed
        if verbose and found not in allowed:
            print(f"  sentence {row['doc']} want {row['voice']} got {found}: {texts[number][start:end]!r}")
    print(f"gold_sentences voice right: {good / total:.4f}  ({total} sentences)")


def _space(text: str) -> npt.NDArray[np.bool_]:
    return np.array([not c.isalnum() for c in text], dtype=bool)


def _sentence_voice(code: Codes, source: npt.NDArray[np.bool_], text: str) -> str:
    """Return the voice that holds two thirds of the words without cue and source, else "mixed"."""
    middles = [(m.start() + m.end() - 1) // 2 for m in re.finditer(r"\S+", text)]
    words = [int(code[m]) for m in middles if not source[m]]
    counts = np.bincount(words, minlength=4).astype(float)
    share = counts / max(counts.sum(), 1)
    return VOICES[int(share.argmax())] if share.max() >= 2 / 3 else "mixed"


def measure_seeds(reader: Reader, seeds: Path, verbose: bool) -> None:
    gold_path = seeds / "gold.csv"
    if not gold_path.exists():
        return
    rows = [r for r in csv.DictReader(gold_path.open(encoding="utf-8")) if not r["note"].startswith("CONTROL")]
    rows = [r for r in rows if "UNSCORED" not in r["note"] and r["referent"] != "speech_verb"]
    documents = sorted({r["doc"] for r in rows})
    texts = [(seeds / d).read_text(encoding="utf-8") for d in documents]
    codes = dict(zip(documents, reader(texts), strict=True))
    titles = dict(zip(documents, (t.split("\n", 1)[0] for t in texts), strict=True))
    by_document = dict(zip(documents, texts, strict=True))
    taken: dict[str, list[tuple[int, int]]] = {d: [] for d in documents}
    good = total = 0
    # Longest phrases first, so that "rebels" is not looked for inside "armed rebels".
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["doc"], row["section"], row["term_as_written"]), []).append(row)
    for (doc, section, term), members in sorted(groups.items(), key=lambda g: -len(g[0][2])):
        text = by_document[doc]
        if section == "headline":
            total += len(members)
            good += sum(r["voice"] == "own" for r in members)  # the five headlines hold no reported speech
            continue
        lines = sorted({int(n) for r in members for n in re.findall(r"L(\d+)", r["note"])})
        starts = [0] + [m.end() for m in re.finditer("\n", text)]
        skip = text.count(titles[doc]) if section == "body" else 0
        places = []
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text):
            line = int(np.searchsorted(starts, match.start(), side="right"))
            if lines and line not in lines:
                continue
            if skip and text[starts[line - 1] :].startswith(titles[doc]):
                continue
            if any(s < match.end() and match.start() < e for s, e in taken[doc]):
                continue
            places.append(match)
        wanted = [r for r in members for _ in range(int(r["count"]))]
        found = []
        for match in places:
            inside = codes[doc][match.start() : match.end()][~_space(match.group())]
            found.append(VOICES[int(np.bincount(inside, minlength=4).argmax())])
        rest = found[:]
        for row in wanted:
            allowed = {"own", "attributed"} if "AMBIGUOUS" in row["note"] else {row["voice"]}
            hit = next((v for v in rest if v in allowed), None)
            total += 1
            if hit is not None:
                good += 1
                rest.remove(hit)
            elif verbose:
                print(f"  seed {doc} {term!r} want {row['voice']} ({row['note']}); found {found}")
        taken[doc].extend(m.span() for m in places)
    print(f"seeds        voice right: {good / total:.4f}  ({total} mentions)")


def main() -> None:
    verbose = "-v" in sys.argv
    parts = ["build", "watch"] if "--watch" in sys.argv else ["build"]
    folders = [a for a in sys.argv[1:] if not a.startswith("-")]
    root = Path(folders[0]) if folders else Path(__file__).resolve().parents[2] / "shared"
    data = root / "data" if (root / "data").is_dir() else root
    reader = Reader()
    measure_attribution(reader, data, parts)
    measure_events(reader, data, parts)
    measure_gold(reader, data, verbose)
    measure_seeds(reader, root / "seeds", verbose)


if __name__ == "__main__":
    main()
