"""Speed and memory, measured side by side in one run.

    python benchmarks/speed.py [SHARED] [--quick]

First the analysis with all modules on, whole process, over 24 MB of contested_topics (the file again and again where
it is smaller), with the CPU seconds of every module and stage, against the pipeline that everyone writes, in its two
ways with the terms (see `naive.py`). That pipeline is linear in the number of articles, so it is run on a few hundred
of them, at even distances over the same file, and scaled by bytes. Then VADER and textstat: equality and time. Then
counting terms, memory and two processes. CPU seconds are of whole processes, start to end, children included. --quick
does less of everything.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from naive import single_words

from framing.lexicon import Category, Lexicon, Term, list_lexicons, read_lexicon
from framing.matching import Matcher
from framing.memory import collect_seldom
from framing.text import ABBREVIATIONS, CAPITAL, DOTTED, TITLES, WORD, Vocabulary, read_tokens

REGEX_ARTICLES = 24
NAIVE_ARTICLES = 400
MEGABYTES = 24
MANY_MEGABYTES = 50  # for memory, two processes and counting terms
TARGET = 12


def load(shared: Path) -> list[dict]:
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def repeat(rows: list[dict], megabytes: float, path: Path) -> int:
    """Write the articles again and again, each time under new ids, until there are so many megabytes of text."""
    written, number = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            for row in rows:
                file.write(json.dumps({**row, "id": f"{row['id']}-{number}"}, ensure_ascii=False) + "\n")
                written += len(row["text"].encode())
                if written >= megabytes * 1e6:
                    break
            number += 1
    return written


def spend(command: list[str]) -> tuple[float, float, float, str]:
    """Run a process; returns CPU seconds, wall seconds, peak megabytes, and its output."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024, output


def analyse(source: Path, target: Path, workers: int = 1) -> tuple[float, float, float]:
    cpu, wall, peak, _ = spend(
        [sys.executable, "-m", "framing", "analyse", str(source), "-o", str(target), "-q", "-j", str(workers)]
    )
    return cpu, wall, peak


def digest(folder: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != "timings.json":
            sha.update(path.name.encode() + path.read_bytes())
    return sha.hexdigest()


def draw_terms(rows: list[dict], count: int, seed: int) -> list[str]:
    """Draw distinct n-grams of 2 to 5 words from articles."""
    chance = random.Random(seed)
    vocabulary = Vocabulary()
    terms: dict[str, None] = {}
    while len(terms) < count:
        row = chance.choice(rows)
        tokens = read_tokens([row["text"]], vocabulary)
        flags = tokens.form_flags()
        n = chance.choice((2, 2, 2, 3, 3, 4, 5))
        for place in chance.sample(range(max(1, len(tokens) - n)), min(40, max(1, len(tokens) - n))):
            words = [vocabulary.forms.folded[f] for f in tokens.form[place : place + n]]
            if all(w.isascii() and w.isalpha() for w in words) and (flags[place : place + n] & WORD).all():
                terms[" ".join(words)] = None
    return list(terms)[:count]


def as_lexicon(terms: list[str]) -> Lexicon:
    return Lexicon(
        name="drawn", module="naming", title="", language="en", version="1", licence="",
        scale=(-1.0, 1.0), scale_meaning="",
        categories={"drawn": Category("drawn", "drawn")}, terms=tuple(Term(t, "drawn", 0.0) for t in terms),
    )  # fmt: skip


def count_terms(texts: list[str], matcher: Matcher) -> np.ndarray:
    """Count all terms; returns the number of each entry. Begins with an empty vocabulary."""
    counts = np.zeros(len(matcher.entries), dtype=np.int64)
    vocabulary = Vocabulary()
    for begin in range(0, len(texts), 400):
        tokens = read_tokens(texts[begin : begin + 400], vocabulary)
        matches = matcher(tokens, np.arange(len(tokens.bounds) - 1, dtype=np.int32))
        counts += np.bincount(matches.entry, minlength=len(counts))
    return counts


def find_terms(texts: list[str], matcher: Matcher) -> list[tuple[int, int, int]]:
    """Find all terms; returns (text, first token, entry)."""
    vocabulary = Vocabulary()
    hits: list[tuple[int, int, int]] = []
    for begin in range(0, len(texts), 400):
        tokens = read_tokens(texts[begin : begin + 400], vocabulary)
        matches = matcher(tokens, np.arange(len(tokens.bounds) - 1, dtype=np.int32))
        text = np.searchsorted(tokens.bounds, matches.start, side="right") - 1
        local = matches.start - tokens.bounds[text]
        hits.extend(zip((text + begin).tolist(), local.tolist(), matches.entry.tolist(), strict=True))
    return hits


def reference_hits(texts: list[str], terms: list[str]) -> list[tuple[int, int, int]]:
    """The same by a plain trie over the words of each text, one word after the other."""
    trie: dict = {}
    for number, term in enumerate(terms):
        node = trie
        for word in term.split():
            node = node.setdefault(word, {})
        node.setdefault(None, number)
    vocabulary = Vocabulary()
    hits = []
    for number, text in enumerate(texts):
        tokens = read_tokens([text], vocabulary)
        forms = vocabulary.forms
        # Words, and None where punctuation or a new paragraph ends every term.
        words: list[str | None] = []
        places: list[int] = []
        for place, (form, flags) in enumerate(zip(tokens.form.tolist(), tokens.flags.tolist(), strict=True)):
            kind, spelling = forms.flags[form], forms.text[form]
            if flags & 16:
                words.append(None)
                places.append(place)
            if kind & 16:
                continue
            previous = int(tokens.form[place - 1]) if place else form
            short = (
                forms.folded[previous] in TITLES | ABBREVIATIONS
                or forms.flags[previous] & DOTTED
                or (len(forms.text[previous]) == 1 and forms.flags[previous] & CAPITAL and forms.text[previous] != "I")
            )
            soft = spelling in "[]" or (not flags & 1 and (spelling in "'’" or (spelling == "." and short)))
            if kind & WORD or not soft:
                words.append(forms.folded[form] if kind & WORD else None)
                places.append(place)
        place = 0
        while place < len(words):
            node, at, found, length = trie, place, -1, 0
            while at < len(words) and words[at] in node and words[at] is not None:
                node = node[words[at]]
                at += 1
                if None in node:
                    found, length = node[None], at - place
            if found >= 0:
                hits.append((number, places[place], found))
                place += length
            else:
                place += 1
    return hits


def cpu_of(work) -> tuple[float, object]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def stages_of(output: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(output)["stages"]
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def print_stages(stages: dict[str, float], megabytes: float) -> None:
    """Print the CPU seconds of each stage, and of each group of stages."""
    total = sum(stages.values())
    print(f"{'stage':34} CPU s   share   s/MB")
    for name, seconds in stages.items():
        print(f"{name:34} {seconds:5.2f}  {seconds / total:5.1%}  {seconds / megabytes:5.3f}")
    groups: dict[str, float] = {}
    for name, seconds in stages.items():
        group = name.split(":")[0]
        groups[group] = groups.get(group, 0.0) + seconds
    print("together:", ", ".join(f"{name} {s:.2f}" for name, s in sorted(groups.items(), key=lambda item: -item[1])))


def compare_pipelines(source: Path, size: int, folder: Path) -> None:
    """Run the analysis with everything on, and the naive pipelines."""
    cpu, wall, peak, said = spend([sys.executable, "benchmarks/timed.py", str(source), str(folder / "one")])
    stages, sizes = stages_of(said), json.loads(said)
    _, _, _, said = spend(
        [
            *(sys.executable, "benchmarks/naive.py", str(source), str(folder / "naive.csv")),
            *(str(REGEX_ARTICLES), str(NAIVE_ARTICLES)),
        ]
    )
    naive, megabytes = json.loads(said), size / 1e6
    print(
        f"analyse       {megabytes:.1f} MB, {sizes['articles']} articles, {sizes['outlets']} outlets, all modules: "
        f"{cpu:.2f} CPU s, wall {wall:.2f} s, {megabytes / cpu:.2f} MB/s, peak {peak:.0f} MB; {sizes['measures']} "
        "measures with intervals"
    )
    print_stages(stages, megabytes)
    counting = sum(seconds for name, seconds in stages.items() if name.startswith(("annotation", "module", "reading")))
    scale = size / naive["bytes"]
    steps = {name: seconds * scale for name, seconds in naive["cpu"].items()}
    shared = sum(seconds for name, seconds in steps.items() if name != "str.count")
    regexes = naive["regex"]["cpu"] * size / naive["regex"]["bytes"]
    start, compiling = naive["start"], naive["regex"]["compile"]
    ways = {
        f"a regex for each of the {naive['regex']['terms']} naming terms": (shared + regexes, start + compiling),
        f"str.count of {naive['words']} words": (shared + steps["str.count"], start),
    }
    print(
        f"naive         measured on {naive['bytes'] / 1e6:.2f} MB, regexes on {naive['regex']['bytes'] / 1e6:.2f}; "
        "scaled to all: " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in steps.items()) + " CPU s"
    )
    for name, (linear, once) in ways.items():
        print(
            f"  with {name}: {linear + once:.0f} CPU s; analyse, statistics and writing included, is "
            f"{(linear + once) / cpu:.1f} x as fast (target {TARGET}); counting alone {linear / counting:.1f} x",
            flush=True,
        )
    words = single_words([read_lexicon(path) for path in list_lexicons()])
    compare_same_work(source, folder, words, shared + steps["str.count"] + start)


def write_words(folder: Path, words: list[str]) -> Path:
    """Write a lexicon of single words, for the analysis that does no more than the cheap naive pipeline."""
    folder.mkdir()
    (folder / "lexicon.toml").write_text(
        'title = "words"\nmodule = "naming"\nlanguage = "en"\nversion = "1"\nlicence = "CC0-1.0"\nscale = [-1.0, 1.0]\n'
        '[categories.words]\nlabel = "words"\nkind = "other"\n',
        encoding="utf-8",
    )
    rows = "".join(f"words,{word},0,judgement,,\n" for word in words)
    (folder / "terms.csv").write_text("category,term,weight,basis,source,note\n" + rows, encoding="utf-8")
    (folder / "examples.csv").write_text("text,category,expected\n", encoding="utf-8")
    return folder


def compare_same_work(source: Path, folder: Path, words: list[str], naive: float) -> None:
    """Run the analysis with just what the cheap naive pipeline does: its words, VADER and readability (and voices)."""
    lexicon = write_words(folder / "words", words)
    modules = [part for name in ("naming", "tone", "readability") for part in ("-m", name)]
    command = [sys.executable, "-m", "framing", "analyse", str(source), "-o", str(folder / "same"), "-q"]
    cpu, _, peak, _ = spend([*command, "-l", str(lexicon), *modules])
    print(
        f"  the same work, {len(words)} words, VADER and readability, in voices and with intervals: {cpu:.2f} CPU s, "
        f"{naive / cpu:.1f} x as fast (prototype 10), peak {peak:.0f} MB",
        flush=True,
    )


def compare_single_pass(source: Path, size: int, folder: Path) -> None:
    """The file once, so that no article meets its own vocabulary again; median of three."""
    runs = sorted(
        spend([sys.executable, "benchmarks/timed.py", str(source), str(folder / f"once-{n}")])[:3] for n in range(3)
    )
    cpu, _, peak = runs[1]
    print(f"each article once: {size / 1e6:.1f} MB, {cpu:.2f} CPU s (median of 3), peak {peak:.0f} MB", flush=True)


def check_equality(shared: Path, quick: bool) -> None:
    fuzzed, megabytes = ("10000", "6") if quick else ("100000", "24")
    for command in (
        ["benchmarks/vader_equality.py", str(shared), "--fuzzed", fuzzed, "--megabytes", megabytes],
        ["benchmarks/textstat_equality.py", str(shared)],
    ):
        print(spend([sys.executable, *command])[3], end="", flush=True)


def compare_runs(rows: list[dict], folder: Path, megabytes: float) -> None:
    """Memory for a tenth and for all; one process and two."""
    tenth, source = folder / "tenth.jsonl", folder / "many.jsonl"
    repeat(rows, megabytes / 10, tenth)
    repeat(rows, megabytes, source)
    cpu, wall, peak = analyse(source, folder / "alone")
    _, _, small_peak = analyse(tenth, folder / "tenth")
    print(
        f"memory        {small_peak:.0f} MB for a tenth, {peak:.0f} MB for all: {peak / small_peak:.2f} x (target 1.5)"
    )
    cpu_two, wall_two, _ = analyse(source, folder / "two", workers=2)
    same = digest(folder / "alone") == digest(folder / "two")
    print(
        f"two processes {wall:.1f} s and {wall_two:.1f} s: {wall / wall_two:.2f} x (target 1.7, on an idle machine); "
        f"CPU {cpu:.1f} s and {cpu_two:.1f} s, same bytes: {same}",
        flush=True,
    )


def compare_terms(rows: list[dict], megabytes: float) -> None:
    """Counting drawn terms: against scikit-learn, against a plain trie, and few terms against many."""
    collect_seldom()  # as in the program's own processes
    texts = [r["text"] for r in rows]
    size = sum(len(t.encode()) for t in texts)
    many = texts * max(1, round(megabytes * 1e6 / size))
    drawn = draw_terms(rows[::2], 50_000, seed=2017)
    matchers = {n: Matcher([as_lexicon(drawn[:n])]) for n in (500, 5_000, 50_000)}
    ours, _ = cpu_of(lambda: count_terms(many, matchers[5_000]))
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(vocabulary=drawn[:5_000], ngram_range=(1, 5), token_pattern=r"(?u)\b\w+\b")
    theirs, _ = cpu_of(lambda: vectoriser.transform(many))
    print(f"counting      {ours:.2f} CPU s, CountVectorizer {theirs:.2f}: {theirs / ours:.1f} x (target 6)")
    hits, reference = find_terms(texts, matchers[5_000]), reference_hits(texts, drawn[:5_000])
    print(f"hits          {len(hits)}, equal to the reference trie: {sorted(hits) == sorted(reference)}", flush=True)
    spent = {n: min(cpu_of(lambda m=m: count_terms(many, m))[0] for _ in range(2)) for n, m in matchers.items()}
    print(
        f"many terms    500: {spent[500]:.2f} CPU s, 50,000: {spent[50_000]:.2f}: "
        f"{spent[50_000] / spent[500]:.2f} x (target 1.5)"
    )


def compare_commands(folder: Path) -> None:
    """What every short command pays before it begins."""
    line = folder / "line.txt"
    line.write_text("The regime's thugs reportedly killed at least twelve peaceful protesters.\n", encoding="utf-8")
    helping = sorted(spend([sys.executable, "-m", "framing", "--help"])[0] for _ in range(3))
    scoring = sorted(spend([sys.executable, "-m", "framing", "score", str(line)])[:2] for _ in range(3))
    print(f"framing --help {helping[1]:.2f} CPU s (target 0.3)")
    print(f"framing score of one line {scoring[1][0]:.2f} CPU s, wall {scoring[1][1]:.2f} s (medians of 3)")


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    shared = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "shared"
    if not (shared / "data" / "contested_topics.jsonl.gz").is_file():
        raise SystemExit(f"{shared}: no data/contested_topics.jsonl.gz there. Give the folder that holds it.")
    quick = "--quick" in sys.argv
    megabytes, many = (6.0, 6.0) if quick else (MEGABYTES, MANY_MEGABYTES)
    rows = load(shared)
    lexicons = [read_lexicon(path) for path in list_lexicons()]
    print(f"articles {len(rows)}, lexicons {len(lexicons)}, terms {sum(len(x.terms) for x in lexicons)}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "large.jsonl"
        size = repeat(rows, megabytes, source)
        compare_pipelines(source, size, folder)
        if not quick:
            once = folder / "once.jsonl"
            text = sum(len(row["text"].encode()) for row in rows)
            compare_single_pass(once, repeat(rows, text / 1e6, once), folder)
        check_equality(shared, quick)
        compare_runs(rows, folder, many)
        compare_commands(folder)
    compare_terms(rows, many)
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
