"""Samples for coders, their sheets, what they say, and the commands."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner

from framing.analysis import analyse
from framing.cli.validation import validate
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.store import Folder
from framing.text import Article
from framing.validation import (
    correct_rates,
    draw_sample,
    format_report,
    read_codes,
    read_key,
    score_codes,
    write_sample,
)
from framing.validation.sampling import find_sentences
from framing.voice import VOICES

TEXTS = (
    "The rebels left the valley. Nobody knows why. “The regime must go,” she said.",
    "The government met. The minister said terrorists had fled. It rained all day.",
    "Rebels and the government talked. The talks failed. The rebels went home.",
)


def make_articles() -> list[Article]:
    return [
        Article(f"a{number:02}", "East" if number % 2 else "West", f"{TEXTS[number % 3]} Day {number}.", "Rebels leave")
        for number in range(24)
    ]


@pytest.fixture
def folder(tmp_path: Path, small_lexicon: Lexicon) -> Folder:
    analyse(make_articles(), small_lexicon, tmp_path / "out", modules=["naming"], resamples=100)
    return Folder(tmp_path / "out")


@pytest.fixture
def sample(folder: Folder, tmp_path: Path) -> Callable[..., list[Path]]:
    """Draw a sample and write its files."""

    def draw(coders: int = 2, **options: object) -> list[Path]:
        return write_sample(draw_sample(folder, **options), tmp_path / "s" / "sample.csv", coders)  # type: ignore[arg-type]

    return draw


def fill(path: Path, answer: Callable[[int, dict[str, str]], tuple[str, str]], delimiter: str = ",") -> Path:
    """Fill in a sheet: (referent, voice) of each row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row["correct_referent"], row["voice"] = answer(number, row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def said_by_program(key: Path) -> dict[str, str]:
    with key.open(encoding="utf-8", newline="") as file:
        return {row["item"]: row["voice"] for row in csv.DictReader(file)}


def test_sheets_are_blind_and_in_context(sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=20)
    assert [path.name for path in (first, second, key)] == [
        "sample-coder1.csv",
        "sample-coder2.csv",
        "sample-key.csv",
    ]
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "item,left,mention,right,question,correct_referent,voice,note"
    assert "East" not in text and "West" not in text
    assert {row["item"] for row in csv.DictReader(text.splitlines())} == set(said_by_program(key))
    rows = [row for row in csv.DictReader(text.splitlines()) if row["mention"] == "regime"]
    assert rows and rows[0]["left"].endswith("“The") and rows[0]["right"].startswith("must go,” she said.")
    assert rows[0]["left"].startswith("Nobody knows why.")


def test_questions_name_the_referent(folder: Folder, small_lexicon: Lexicon) -> None:
    record = {
        "module": "naming",
        "name": "small",
        "categories": {key: {"label": category.label} for key, category in small_lexicon.categories.items()},
    }
    shown = draw_sample(folder, [record], size=20, outlet_shown=True).sheet["question"].to_pylist()
    assert any("name: The fighters?" in question for question in shown)
    assert all(question.startswith(("[East]", "[West]")) for question in shown)


def test_items_stand_for_all_mentions(folder: Folder) -> None:
    total = len(folder.table("mentions"))
    for by in ((), ("voice",), ("lexicon", "outlet", "voice"), ("category", "term", "section")):
        key = draw_sample(folder, size=20, by=by).key
        weight = pc.divide(pc.cast(key["stratum_size"], "double"), pc.cast(key["stratum_drawn"], "double"))
        assert len(key) == 20
        assert pc.sum(weight).as_py() == pytest.approx(total)


def test_every_stratum_has_two_items_and_its_own_chance(folder: Folder) -> None:
    key = draw_sample(folder, size=24, by=["outlet", "voice"]).key.to_pylist()
    for stratum in {row["stratum"] for row in key}:
        mine = [row for row in key if row["stratum"] == stratum]
        assert len(mine) == mine[0]["stratum_drawn"] >= 2
        assert len({row["stratum_size"] for row in mine}) == 1
    assert {row["outlet"] for row in key} == {"East", "West"}


def test_small_strata_are_pooled(folder: Folder) -> None:
    drawn = draw_sample(folder, size=6, by=["term", "outlet", "voice"])
    assert any("*" in row["stratum"] for row in drawn.key.to_pylist())
    assert any("pooled" in note for note in drawn.notes)


def test_a_sample_of_all_is_all(folder: Folder) -> None:
    key = draw_sample(folder, size=10_000).key
    assert len(key) == len(folder.table("mentions"))
    places = set(zip(key["article_id"].to_pylist(), key["section"].to_pylist(), key["start"].to_pylist(), strict=True))
    assert len(places) == len(key)


def test_a_draw_is_seeded_and_free_of_the_order_of_articles(
    folder: Folder, tmp_path: Path, small_lexicon: Lexicon
) -> None:
    one, two, other = (draw_sample(folder, size=15, seed=seed) for seed in (1, 1, 2))
    assert one.key.equals(two.key) and one.sheet.equals(two.sheet) and not one.key.equals(other.key)
    analyse(make_articles()[::-1], small_lexicon, tmp_path / "back", modules=["naming"], resamples=100)
    assert draw_sample(Folder(tmp_path / "back"), size=15, missed=5, seed=1).key.equals(
        draw_sample(folder, size=15, missed=5, seed=1).key
    )


def test_missed_sentences_hold_no_mention(folder: Folder) -> None:
    drawn = draw_sample(folder, size=5, missed=10)
    rows = {r["item"]: r for r in drawn.sheet.to_pylist()}
    chosen = [r for r in drawn.key.to_pylist() if r["task"] == "missed"]
    assert len(chosen) == 10
    for row in chosen:
        sentence = rows[row["item"]]["mention"]
        assert not any(word in sentence for word in ("ebels", "government", "regime", "terrorists"))
        assert (row["voice"], row["stratum_drawn"]) == ("", 10)
    # Each text has one referent or two, and one sentence (the first: two) of four without a mention, and "Day 1.".
    free = {0: 2 * 2, 1: 2 * 2, 2: 2 * 2}
    assert chosen[0]["stratum_size"] == sum(free[number % 3] for number in range(24))


@pytest.mark.parametrize(
    "options, said",
    [
        ({"module": "tone"}, "module 'tone'"),
        ({"module": "loaded"}, "no mention of the module loaded"),
        ({"by": ["colour"]}, "--by 'colour'"),
        ({"size": 0}, "a sample of 0"),
    ],
)
def test_what_cannot_be_drawn_is_said(folder: Folder, options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        draw_sample(folder, **options)  # type: ignore[arg-type]


def test_a_coders_work_is_never_overwritten(sample: Callable[..., list[Path]]) -> None:
    sample(size=5)
    with pytest.raises(InputError, match="exists already"):
        sample(size=5)


def test_formulas_are_defused_and_read_back(tmp_path: Path, small_lexicon: Lexicon) -> None:
    articles = [Article("=1+1", "@cmd", "=2 rebels left. +3 rebels came."), Article("b", "=HYPERLINK()", "Rebels.")]
    analyse(articles, small_lexicon, tmp_path / "out", modules=["naming"], resamples=100)
    files = write_sample(draw_sample(Folder(tmp_path / "out"), size=3), tmp_path / "x.csv")
    for path in files:
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            assert not any(cell[:1] in ("=", "+", "@") for cell in row)
    assert set(read_key(files[-1]).columns["article_id"]) == {"=1+1", "b"}


def right(key: Path) -> Callable[[int, dict[str, str]], tuple[str, str]]:
    voices = said_by_program(key)
    return lambda number, row: ("y", voices[row["item"]])


def test_precision_is_what_the_coders_say(sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=20, by=())
    agree = right(key)
    fill(first, lambda n, row: ("n", "") if n < 4 else agree(n, row))
    fill(second, lambda n, row: ("No", "") if n < 2 else agree(n, row), delimiter=";")
    truth = read_key(key)
    scores = score_codes(truth, [read_codes(path, truth) for path in (first, second)], resamples=200)
    whole = scores.precision.to_pylist()[0]
    # 16 right, 2 wrong, 2 disputed that count half; all weigh alike without strata.
    assert (whole["level"], whole["items"], whole["precision"]) == ("all", 20, pytest.approx(17 / 20))
    assert whole["low"] < 0.85 < whole["high"] and whole["status"] == "ok"
    assert scores.voice_right.to_pylist()[0]["precision"] == 1
    assert scores.agreement["referent"].agreement == pytest.approx(18 / 20)
    assert scores.adjusted[1] < scores.adjusted[0] < 0.95  # about as many wrong ones without the coders' own errors
    assert len(scores.disagreements) == 2
    assert "sample-coder1: wrong; sample-coder2: right" in scores.disagreements["codes"][0].as_py()
    for level in ("lexicon", "category", "term", "voice", "outlet"):
        assert sum(r["items"] for r in scores.precision.to_pylist() if r["level"] == level) == 20


def test_a_third_look_decides(sample: Callable[..., list[Path]], tmp_path: Path) -> None:
    first, second, key = sample(size=20, by=())
    agree = right(key)
    fill(first, lambda n, row: ("n", "") if n < 4 else agree(n, row))
    fill(second, agree)
    third = tmp_path / "third.csv"
    items = [row["item"] for row in csv.DictReader(first.read_text(encoding="utf-8").splitlines())]
    lines = [f"{items[0]},n,", *(f"{item},y,{said_by_program(key)[item]}" for item in items[1:4])]
    third.write_text("\n".join(["item,correct_referent,voice", *lines]), encoding="utf-8")
    truth = read_key(key)
    coders = [read_codes(path, truth) for path in (first, second)]
    scores = score_codes(truth, coders, read_codes(third, truth), resamples=200)
    assert scores.precision["precision"][0].as_py() == pytest.approx(19 / 20)
    assert len(scores.disagreements) == 0
    assert scores.agreement["referent"].agreement == pytest.approx(16 / 20)  # of what they said themselves


def test_open_and_unsure_answers_are_missing_data(sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=10, by=())
    agree = right(key)
    fill(first, lambda n, row: ("", "") if n == 0 else ("unsure", "unsure") if n == 1 else agree(n, row))
    fill(second, lambda n, row: ("", "") if n < 2 else agree(n, row))
    truth = read_key(key)
    scores = score_codes(truth, [read_codes(path, truth) for path in (first, second)], resamples=200)
    assert scores.precision["items"][0].as_py() == 8
    assert math.isnan(scores.agreement["referent"].alpha) and scores.agreement["referent"].missing == 4
    assert "sample-coder1: 1 of 10 items left open" in scores.notes
    assert "sample-coder1: 1 items unsure" in scores.notes
    assert "2 mentions that nobody decided are left out" in scores.notes


def test_the_confusion_of_voices_is_by_predicted_voice(sample: Callable[..., list[Path]]) -> None:
    first, key = sample(coders=1, size=20, by=())
    voices = said_by_program(key)
    own = [item for item, voice in sorted(voices.items()) if voice == "own"]
    fill(first, lambda n, row: ("y", "quoted" if row["item"] in own[:2] else voices[row["item"]]))
    truth = read_key(key)
    scores = score_codes(truth, [read_codes(first, truth)], resamples=200)
    cells = {(r["predicted"], r["coded"]): r for r in scores.voices.to_pylist()}
    assert cells["own", "quoted"]["items"] == 2
    assert cells["own", "quoted"]["share"] == pytest.approx(2 / len(own))
    assert cells["own", "own"]["share"] == pytest.approx(1 - 2 / len(own))
    assert math.isnan(cells["scare", "own"]["share"])
    assert math.isnan(scores.adjusted[0])  # one coder has no errors to take out


def test_missed_names_give_recall(sample: Callable[..., list[Path]]) -> None:
    first, key = sample(coders=1, size=20, by=(), missed=10)
    agree = right(key)
    missed = {row["item"] for row in csv.DictReader(key.read_text().splitlines()) if row["task"] == "missed"}
    named = sorted(missed)[:2]
    fill(first, lambda n, row: ("y" if row["item"] in named else "n", "") if row["item"] in missed else agree(n, row))
    truth = read_key(key)
    scores = score_codes(truth, [read_codes(first, truth)], resamples=200)
    mentions = float(truth.weight[truth.mentions].sum())
    assert (scores.missed["share"], scores.missed["items"]) == (0.2, 10)
    assert scores.missed["recall"] == pytest.approx(mentions / (mentions + 0.2 * scores.missed["pairs"]))
    assert scores.missed["recall_low"] < scores.missed["recall"] < scores.missed["recall_high"]


@pytest.mark.parametrize(
    "column, cell, said",
    [
        ("correct_referent", "maybe", r"coder1.csv:3: correct_referent is 'maybe'; allowed are y, n"),
        ("voice", "mine", r"coder1.csv:3: voice is 'mine'; allowed are own, quoted"),
        ("item", "i99999", r"coder1.csv:3: item 'i99999' is not in"),
    ],
)
def test_a_wrong_cell_is_named(sample: Callable[..., list[Path]], column: str, cell: str, said: str) -> None:
    first, _, key = sample(size=5)
    rows = list(csv.reader(first.read_text(encoding="utf-8").splitlines()))
    rows[2][rows[0].index(column)] = cell
    with first.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(InputError, match=said):
        read_codes(first, read_key(key))


def test_other_faults_of_files_are_named(sample: Callable[..., list[Path]], tmp_path: Path) -> None:
    first, _, key = sample(size=5)
    lines = first.read_text(encoding="utf-8").splitlines()
    first.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(InputError, match="stands there twice"):
        read_codes(first, read_key(key))
    first.write_text("one,two\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"coder1.csv:1: there is no column 'item'"):
        read_codes(first, read_key(key))
    with pytest.raises(InputError, match="cannot be read"):
        read_key(tmp_path / "nothing.csv")
    key.write_text(key.read_text(encoding="utf-8").replace(",0,", ",x,"), encoding="utf-8")
    text = key.read_text(encoding="utf-8").splitlines()
    key.write_text("\n".join([text[0], text[1].rsplit(",", 1)[0] + ",0"]), encoding="utf-8")
    with pytest.raises(InputError, match="stratum_drawn is '0'"):
        read_key(key)


def test_nothing_coded_is_said(sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=5)
    truth = read_key(key)
    with pytest.raises(InputError, match="no mention has been coded in sample-coder1, sample-coder2"):
        score_codes(truth, [read_codes(path, truth) for path in (first, second)])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_sheets_saved_by_spreadsheets_are_read(sample: Callable[..., list[Path]], encoding: str) -> None:
    first, _, key = sample(size=20)
    fill(first, right(key), delimiter="\t")
    first.write_bytes(first.read_text(encoding="utf-8").encode(encoding))
    truth = read_key(key)
    assert (read_codes(first, truth).referent == 1).all()


def test_a_program_without_errors_stays_as_it_is(folder: Folder, sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=10_000)
    for path in (first, second):
        fill(path, right(key))
    truth = read_key(key)
    table = correct_rates(folder, truth, [read_codes(path, truth) for path in (first, second)], resamples=100)
    rows = [row for row in table.to_pylist() if row["lexicon"] == "*"]
    for outlet in ("East", "West"):
        shares = [row for row in rows if row["outlet"] == outlet and row["measure"] == "share"]
        assert [row["voice"] for row in shares] == list(VOICES)
        assert sum(row["corrected"] for row in shares) == pytest.approx(1)
        for row in shares:
            assert row["corrected"] == pytest.approx(row["measured"], abs=0.05)
            assert (row["n_articles"], row["errors"], row["status"]) == (12, "pooled", "ok")
    (rate,) = (row for row in rows if row["outlet"] == "East" and row["measure"] == "rate")
    words = folder.table("articles").filter(pc.equal(folder.table("articles")["outlet"], "East"))["words_own"]
    counted = folder.table("mentions").filter(pc.equal(folder.table("mentions")["voice"].cast("string"), "own"))
    own = sum(int(article[1:]) % 2 for article in counted["article_id"].cast("string").to_pylist())
    assert rate["measured"] == pytest.approx(1000 * own / pc.sum(words).as_py())


def test_planted_errors_of_voice_are_undone(folder: Folder, sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=10_000)
    voices = said_by_program(key)
    items = sorted(item for item, voice in voices.items() if voice == "own")
    turned = set(items[::3])  # a third of the program's own voice is reported speech in truth
    for path in (first, second):
        fill(path, lambda n, row: ("y", "attributed" if row["item"] in turned else voices[row["item"]]))
    truth = read_key(key)
    coders = [read_codes(path, truth) for path in (first, second)]
    rows = [r for r in correct_rates(folder, truth, coders, resamples=100).to_pylist() if r["lexicon"] == "*"]
    shares = {(r["outlet"], r["voice"]): r for r in rows if r["measure"] == "share"}
    for outlet in ("East", "West"):
        own = shares[outlet, "own"]
        assert own["corrected"] == pytest.approx(own["measured"] * 2 / 3, abs=0.06)
        assert own["low"] < own["measured"] * 2 / 3 < own["high"]
    apart = correct_rates(folder, truth, coders, apart=True, resamples=100)
    assert set(apart["errors"].to_pylist()) == {"pooled"}  # no outlet has 50 coded mentions


def test_a_key_of_another_analysis_is_refused(sample: Callable[..., list[Path]], folder: Folder) -> None:
    first, key = sample(coders=1, size=5)
    fill(first, right(key))
    key.write_text(key.read_text(encoding="utf-8").replace('"a0', '"b0').replace('"a1', '"b1').replace('"a2', '"b2'))
    truth = read_key(key)
    with pytest.raises(InputError, match="is not in"):
        correct_rates(folder, truth, [read_codes(first, truth)])


def test_the_report_shows_text_of_articles_as_text(tmp_path: Path, small_lexicon: Lexicon) -> None:
    articles = [Article("1", "<b>Wire", "The rebels *left* <script>alert(1)</script> [x](y). Rebels stayed.")]
    analyse(articles, small_lexicon, tmp_path / "out", modules=["naming"], resamples=100)
    first, second, key = write_sample(draw_sample(Folder(tmp_path / "out"), size=2), tmp_path / "x.csv")
    fill(first, right(key))
    fill(second, lambda n, row: ("n", ""))
    truth = read_key(key)
    report = format_report(score_codes(truth, [read_codes(path, truth) for path in (first, second)], resamples=100))
    assert "<script" not in report and "\\*left\\*" in report and "\\[x\\]" in report and "&lt;b>Wire" in report


def test_sentences_of_a_text() -> None:
    text = "One went. Two came.\n\nThree stayed"
    assert [text[a:b] for a, b in find_sentences(text)] == ["One went.", "Two came.", "Three stayed"]
    assert find_sentences("") == []


def test_the_commands_lead_from_a_sample_to_rates(folder: Folder, tmp_path: Path) -> None:
    made = CliRunner().invoke(validate, ["sample", str(folder.path), "-o", str(tmp_path / "c.csv"), "-n", "40"])
    assert made.exit_code == 0, made.output
    assert "40 of" in made.output and "framing validate score" in made.output
    key, first, second = (tmp_path / f"c-{name}.csv" for name in ("key", "coder1", "coder2"))
    agree = right(key)
    fill(first, agree)
    fill(second, lambda n, row: ("n", "") if n < 5 else agree(n, row))
    arguments = ["score", str(key), str(first), str(second), "--resamples", "100"]
    done = CliRunner().invoke(validate, [*arguments, "--analysis", str(folder.path)])
    assert done.exit_code == 0, done.output
    assert "Krippendorff's alpha" in done.output and "5 items on which coders differ" in done.output
    assert "corrected" in done.output and "alike in all outlets" in done.output
    report, rates = tmp_path / "r.md", tmp_path / "rates.csv"
    files = ["--analysis", str(folder.path), "--report", str(report), "--rates", str(rates), "--json"]
    record = json.loads(CliRunner().invoke(validate, [*arguments, *files]).stdout)
    assert {"precision", "voices", "agreement", "disagreements", "corrected", "notes"} <= set(record)
    assert report.read_text(encoding="utf-8").startswith("# Coding by hand")
    assert rates.read_text(encoding="utf-8").startswith("outlet,measure,lexicon,referent,voice,measured,corrected")
    refused = CliRunner().invoke(validate, [*arguments, "--rates", str(rates)])
    assert refused.exit_code == 2 and "--analysis" in refused.output


def test_scores_are_seeded(sample: Callable[..., list[Path]]) -> None:
    first, second, key = sample(size=20)
    agree = right(key)
    generator = np.random.default_rng(1)
    for path in (first, second):
        fill(path, lambda n, row: ("n", "") if generator.random() < 0.2 else agree(n, row))
    truth = read_key(key)
    coders = [read_codes(path, truth) for path in (first, second)]
    one, two = (score_codes(truth, coders, resamples=100, seed=4) for _ in range(2))
    assert one.precision.equals(two.precision) and one.adjusted == two.adjusted and one.agreement == two.agreement
