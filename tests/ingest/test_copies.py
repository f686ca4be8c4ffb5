"""Wire copy and near-duplicates: what is one, which words are shared, and who is credited with them."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from framing.errors import InputError
from framing.ingest.candidates import MOST_TOGETHER
from framing.ingest.copies import SHARED_TEXT, Copies, find_copies, find_posts, own_reporting, summarise_copies
from framing.ingest.overlaps import LEAST_WORDS
from framing.ingest.shingles import SHINGLE, WINDOW, Shingler, find_keys
from framing.text import Article


def words(name: str, count: int) -> str:
    """Return so many words that stand nowhere else, as sentences of ten."""
    listed = [f"{name}{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(count)]
    return " ".join(" ".join(listed[i : i + 10]).capitalize() + "." for i in range(0, count, 10))


def printed(copies: Copies, articles: list[Article]) -> list[tuple[str, str, str, str]]:
    """Return (article, credited, origin, text) of each passage."""
    texts = {a.id: a.text for a in articles}
    return [
        (r["article_id"], r["credited"], r["origin"], texts[r["article_id"]][r["start"] : r["end"]])
        for r in copies.passages.to_pylist()
    ]


def left(articles: list[Article]) -> dict[str, Article]:
    """Return the articles that own reporting changes or makes, by id ("shared" for the text of nobody)."""
    copies = find_copies(articles)
    return {a.id if a.outlet != SHARED_TEXT else "shared": a for a in own_reporting(articles, copies)}


STORY = words("story", 60)


def test_a_shingle_is_five_words_whatever_marks_and_case():
    shingler = Shingler()
    plain = shingler(["the us said that 1000 men left"])
    dressed = shingler(["“The U.S.—said, that 1,000 MEN's left!”"])
    assert len(plain) == len(dressed) == 7
    assert plain.shingle[:3].tolist() == dressed.shingle[:3].tolist()
    assert plain.has_shingle().tolist() == [True] * 3 + [False] * 4
    assert len(set(shingler(["a b c d e", "a b c e d", "b c d e a"]).shingle[[0, 5, 10]].tolist())) == 3


def test_no_shingle_runs_from_one_text_into_the_next():
    apart = Shingler()(["one two three", "four five six"])
    assert not apart.has_shingle().any()
    assert apart.bounds.tolist() == [0, 3, 6]


def test_hashes_do_not_depend_on_what_was_read_before():
    first = Shingler()(["alpha beta gamma delta epsilon"]).shingle[0]
    later = Shingler()
    later(["zeta eta theta", "epsilon delta"])
    assert later(["alpha beta gamma delta epsilon"]).shingle[0] == first == np.uint64(2750713154768904140)


@pytest.mark.parametrize("before", range(12))
def test_twelve_shared_words_are_certain_to_leave_a_common_key(before):
    shared = words("shared", 2 * WINDOW + SHINGLE - 1)
    one = f"{words('one', before + 7)} {shared} {words('two', 30)}"
    other = f"{words('three', 20)} {shared} {words('four', before)}"
    keys, text = find_keys(Shingler()([one, other]))
    assert set(keys[text == 0].tolist()) & set(keys[text == 1].tolist())


def test_texts_without_enough_words_have_no_key():
    keys, text = find_keys(Shingler()(["", "one two three four five six seven", "!"]))
    assert len(keys) == len(text) == 0


def test_containment_is_counted_by_hand():
    # 60 words are 56 shingles. The second has 40 more: 100 words, 96 shingles, 56 of them shared.
    articles = [
        Article("a", "North", STORY, date="2020-01-01"),
        Article("b", "South", f"{STORY} {words('own', 40)}", date="2020-01-02"),
    ]
    copies = find_copies(articles)
    (pair,) = copies.pairs.to_pylist()
    assert (pair["article_id"], pair["other_id"], pair["same_outlet"], pair["near_duplicate"]) == (
        "a",
        "b",
        False,
        True,
    )
    assert (pair["shared_words"], pair["containment"]) == (60, 1.0)
    assert pair["other_containment"] == pytest.approx(56 / 96)
    groups = {r["article_id"]: r for r in copies.groups.to_pylist()}
    assert [groups[i]["group"] for i in "ab"] == [0, 0]
    assert [groups[i]["near_duplicate_of"] for i in "ab"] == ["", "a"]
    assert [groups[i]["copies_elsewhere"] for i in "ab"] == [1, 1]
    assert [(groups[i]["words"], groups[i]["shared_words"], groups[i]["lost_words"]) for i in "ab"] == [
        (60, 60, 0),
        (100, 60, 60),
    ]


def test_a_repeated_shingle_counts_once():
    # Ten words five times over: 50 words, of which only ten shingles differ.
    refrain = " ".join(["ka ke ki ko ku la le li lo lu"] * 5)
    copies = find_copies(
        [
            Article("a", "North", refrain, date="2020-01-01"),
            Article("b", "South", f"{refrain} {words('own', 14)}", date="2020-01-02"),
        ]
    )
    (pair,) = copies.pairs.to_pylist()
    # The second: the ten, and 14 behind them (64 words make 60 shingles, 46 of them inside the refrain).
    assert pair["containment"] == 1.0 and pair["other_containment"] == pytest.approx(10 / 24)


@pytest.mark.parametrize("count, found", [(LEAST_WORDS - 1, 0), (LEAST_WORDS, 2)])
def test_a_passage_has_thirty_words(count, found):
    shared = words("shared", count)
    articles = [
        Article("a", "North", f"{words('one', 20)} {shared} {words('two', 20)}"),
        Article("b", "South", f"{words('three', 20)} {shared} {words('four', 20)}"),
    ]
    passages = printed(find_copies(articles), articles)
    assert len(passages) == found
    assert all(text == shared.removesuffix(".") for *_, text in passages)


def test_a_changed_word_does_not_end_a_passage_and_five_do():
    first, second = words("first", 40), words("second", 40)
    articles = [
        Article("a", "North", f"{first} Monday {second}"),
        Article("b", "South", f"{first} on Tuesday night {second}"),
        Article("c", "East", f"{first} {words('gap', 5)} {second}"),
    ]
    lengths = [(r["article_id"], r["words"]) for r in find_copies(articles[:2]).passages.to_pylist()]
    assert lengths == [("a", 81), ("b", 83)]
    lengths = [(r["article_id"], r["words"]) for r in find_copies(articles[1:]).passages.to_pylist()]
    # Three words stand between in the one article, five in the other.
    assert lengths == [("b", 83), ("c", 40), ("c", 40)]


def test_the_strictly_earliest_keeps_a_passage():
    articles = [
        Article("a", "North", STORY, date="2020-01-02"),
        Article("b", "South", STORY, date="2020-01-01"),
        Article("c", "East", STORY, date="2020-01-03"),
    ]
    credited = [(i, credit, origin) for i, credit, origin, _ in printed(find_copies(articles), articles)]
    assert credited == [("b", "own", "South"), ("a", "shared", "South"), ("c", "shared", "South")]


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2020-01-02"},  # a tie
        {"date": ""},  # undated: nobody knows
        {"upstream": "Reuters"},
        {"text": f"NORBURG (AP) - {STORY}"},
        {"text": f"{STORY}\n\nThe Associated Press contributed to this report."},
    ],
)
def test_nobody_keeps_what_has_no_clear_origin(change):
    articles = [
        replace(Article("a", "North", STORY, date="2020-01-01"), **change),
        Article("b", "South", STORY, date="2020-01-02"),
        Article("c", "East", STORY, date="2020-01-02"),
    ]
    rows = find_copies(articles).passages.to_pylist()
    assert {(r["credited"], r["origin"], r["n_outlets"]) for r in rows} == {("shared", SHARED_TEXT, 3)}
    changed = left(articles)
    assert sorted(changed) == ["a", "b", "c", "shared"]
    assert sum(a.text.count("storyaa") + a.text.count("Storyaa") for a in changed.values()) == 1
    assert changed["shared"].text.startswith("Storyaa") or "Storyaa" in changed["shared"].text


def test_a_wire_credit_in_a_copy_tells_of_the_text_that_is_printed_without():
    articles = [
        Article("a", "North", STORY, date="2020-01-01"),
        Article("b", "South", f"(Reuters) - {STORY}", date="2020-01-02"),
    ]
    rows = find_copies(articles).passages.to_pylist()
    assert {(r["credited"], r["credit"]) for r in rows} == {("shared", "Reuters")}


def test_the_outlet_that_is_named_as_the_source_keeps_it_whatever_the_dates():
    articles = [
        Article("a", "North", STORY, date="2020-01-01", upstream="harbour wire"),
        Article("b", "Harbour Wire", STORY, date="2020-01-02"),
        Article("c", "South", f"NORBURG (AP) - {STORY}", date="2020-01-03"),
    ]
    assert [(i, c) for i, c, *_ in printed(find_copies(articles[:2]), articles)] == [("a", "shared"), ("b", "own")]
    # Two sources are named: nobody knows.
    assert {c for _, c, *_ in printed(find_copies(articles), articles)} == {"shared"}


def test_an_agency_keeps_its_own_story_on_the_day_when_all_print_it():
    articles = [
        Article("a", "North", STORY, date="2020-01-01"),
        Article("b", "Associated Press", f"NORBURG (AP) - {STORY}", date="2020-01-01"),
        Article("c", "South", f"{STORY}\n\nThe Associated Press contributed to this report.", date="2020-01-01"),
    ]
    assert {i: c for i, c, *_ in printed(find_copies(articles), articles)} == {"a": "shared", "b": "own", "c": "shared"}


def test_one_story_in_five_outlets_counts_once():
    articles = [
        Article(f"c{i}", f"Paper {i}", f"{words(f'intro{i}', 20)}\n\n{STORY}", title=f"Paper {i} says")
        for i in range(5)
    ]
    changed = left(articles)
    assert changed["shared"].text == STORY and changed["shared"].title == ""
    for number in range(5):
        assert changed[f"c{number}"].text == words(f"intro{number}", 20)
        assert changed[f"c{number}"].title == f"Paper {number} says"


def test_an_article_that_is_another_s_throughout_loses_its_title_too():
    articles = [
        Article("a", "North", STORY, date="2020-01-01", title="First"),
        Article("b", "South", STORY, date="2020-01-02", title="Second"),
    ]
    changed = left(articles)
    assert list(changed) == ["b"] and (changed["b"].text, changed["b"].title) == ("", "")


def test_sentences_go_whole_and_paragraphs_stay():
    shared = words("shared", 40)
    broken = f"Own beginning here {shared[:1].lower()}{shared[1:]}"
    articles = [
        Article("a", "North", shared, date="2020-01-01"),
        Article("b", "South", f"First words stay.\n\n{broken} Last words stay.\n\nThe end.", date="2020-01-02"),
    ]
    # The first shared sentence has ten shared words of thirteen, so it goes with its beginning.
    assert left(articles)["b"].text == "First words stay.\n\nLast words stay.\n\nThe end."
    articles[1] = replace(articles[1], text=f"One stays. {shared}\n\nTwo stays.")
    assert left(articles)["b"].text == "One stays.\n\nTwo stays."


def test_different_parts_of_one_story_have_origins_of_their_own():
    first, second = words("first", 40), words("second", 40)
    articles = [
        Article("a", "North", first, date="2020-01-01"),
        Article("b", "South", f"{first}\n\n{second}", date="2020-01-02"),
        Article("c", "East", f"{first}\n\n{second}", date="2020-01-03"),
    ]
    found = [(i, c, o, text.split()[0]) for i, c, o, text in printed(find_copies(articles), articles)]
    assert found == [
        ("a", "own", "North", "Firstaa"),
        ("b", "shared", "North", "Firstaa"),
        ("b", "own", "South", "Secondaa"),
        ("c", "shared", "North", "Firstaa"),
        ("c", "shared", "South", "Secondaa"),
    ]


def test_the_text_of_nobody_is_whole_where_no_article_has_all_of_it():
    sentences = words("story", 100).split(". ")
    part = [". ".join(sentences[low:high]).removesuffix(".") + "." for low, high in ((0, 7), (3, 10), (0, 5), (5, 10))]
    articles = [Article(f"x{i}", f"Paper {i}", text) for i, text in enumerate(part)]
    copies = find_copies(articles)
    assert copies.carriers.num_rows == 2
    (text,) = [a.text for a in own_reporting(articles, copies) if a.outlet == SHARED_TEXT]
    assert [text.count(s.removesuffix(".")) for s in sentences] == [1] * 10


def test_a_repost_counts_once_and_background_counts_each_time():
    background = words("background", 40)
    articles = [
        Article("a", "North", f"{background} {words('one', 90)}", date="2020-01-01"),
        Article("b", "North", f"{background} {words('two', 90)}", date="2020-01-02"),
        Article("c", "North", f"{background} {words('two', 90)} {words('update', 20)}", date="2020-01-03"),
    ]
    copies = find_copies(articles)
    pairs = [(r["article_id"], r["other_id"], r["same_outlet"], r["near_duplicate"]) for r in copies.pairs.to_pylist()]
    assert pairs == [("a", "b", True, False), ("a", "c", True, False), ("b", "c", True, True)]
    rows = [(r["article_id"], r["credited"], r["words"], r["n_outlets"]) for r in copies.passages.to_pylist()]
    assert rows == [("b", "own", 130, 1), ("c", "shared", 130, 1)]
    assert left(articles)["c"].text == words("update", 20)


def test_background_that_another_outlet_copies_stays_with_its_outlet():
    background = words("background", 40)
    articles = [
        Article("a", "North", f"{background} {words('one', 90)}", date="2020-01-01"),
        Article("b", "South", f"{background} {words('two', 90)}", date="2020-01-02"),
        Article("c", "North", f"{background} {words('three', 90)}", date="2020-01-03"),
    ]
    assert [(i, c) for i, c, *_ in printed(find_copies(articles), articles)] == [
        ("a", "own"),
        ("b", "shared"),
        ("c", "own"),
    ]


def test_a_quotation_that_two_outlets_print_is_no_copy():
    speech = words("speech", 50)
    articles = [
        Article("a", "North", f"{words('one', 10)} “{speech}”"),
        Article("b", "South", f"{words('two', 10)} “{speech}”"),
    ]
    quoted = {a.id: [(a.text.index("“"), len(a.text))] for a in articles}
    copies = find_copies(articles, quoted)
    assert copies.passages.num_rows == copies.pairs.num_rows == 0
    assert {r["group"] for r in copies.groups.to_pylist()} == {-1}
    assert find_copies(articles).passages.num_rows == 2
    # A story around a quotation is one all the same.
    story = [replace(a, text=f"{STORY} {a.text}") for a in articles]
    quoted = {a.id: [(a.text.index("“"), len(a.text))] for a in story}
    assert [r["words"] for r in find_copies(story, quoted).passages.to_pylist()] == [60, 60]


def test_embedded_posts_are_quotations_without_marks():
    post = f"{words('post', 40)} — Ida Berg (@idaberg) June 3, 2017"
    articles = [
        Article("a", "North", f"{words('one', 20)}\n\n{post}\n\n{words('two', 20)}"),
        Article("b", "South", f"{words('three', 20)}\n\n{post}"),
    ]
    assert [articles[1].text[a:b] for a, b in find_posts(articles[1].text)] == [post]
    assert find_copies(articles).passages.num_rows == 0


def test_a_story_that_everybody_prints_is_one_group_and_counts_once():
    count = 5 * MOST_TOGETHER
    articles = [
        Article(f"c{i:03}", f"Paper {i % 40}", f"{words(f'intro{i}', 12)} {STORY}", date=f"2020-01-{1 + i // 10:02}")
        for i in range(count)
    ]
    copies = find_copies(articles)
    groups = copies.groups.to_pylist()
    assert {r["group"] for r in groups} == {0}
    assert {r["lost_words"] for r in groups} == {60}  # ten papers on the first day: nobody had it first
    rows = copies.passages.to_pylist()
    assert len(rows) == count and {r["n_outlets"] for r in rows} == {40}
    assert copies.pairs.num_rows <= 4 * count
    changed = left(articles)
    assert changed["shared"].text == STORY
    assert sum("storyba" in a.text for a in changed.values()) == 1


def test_the_result_does_not_depend_on_the_order_of_the_articles():
    rng = random.Random(5)
    parts = [words(f"part{i}", 40) for i in range(12)]
    articles = [
        Article(
            f"x{i}", f"Paper {rng.randrange(6)}", " ".join(rng.sample(parts, 4)), date=f"2020-01-0{rng.randint(1, 4)}"
        )
        for i in range(40)
    ]
    first = find_copies(articles)
    made = list(own_reporting(articles, first))
    assert first.passages.num_rows > 40
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))
        again = find_copies(shuffled)
        for name in ("pairs", "groups", "passages", "carriers"):
            assert getattr(again, name).equals(getattr(first, name)), name
        assert sorted(own_reporting(shuffled, again), key=lambda a: a.id) == sorted(made, key=lambda a: a.id)


def test_every_wording_is_credited_once_or_belongs_to_nobody():
    rng = random.Random(11)
    parts = [words(f"part{i}", 40) for i in range(8)]
    for _ in range(20):
        articles = [
            Article(f"x{i}", f"Paper {i}", "\n\n".join(rng.sample(parts, 3)), date=f"2020-01-0{rng.randint(1, 3)}")
            for i in range(8)
        ]
        changed = {a.id: a for a in own_reporting(articles, find_copies(articles))}
        texts = [changed.get(a.id, a).text for a in articles]
        texts += [a.text for a in changed.values() if a.outlet == SHARED_TEXT]
        for part in parts:
            holders = sum(part in a.text for a in articles)
            assert sum(part in text for text in texts) == min(1, holders)


def test_articles_without_copies_give_empty_tables():
    for articles in (
        [],
        [Article("a", "North", "")],
        [Article("a", "North", "Two words."), Article("b", "South", "Two words.")],
        [Article("a", "North", words("one", 50)), Article("b", "South", words("two", 50))],
    ):
        copies = find_copies(articles)
        assert copies.pairs.num_rows == copies.passages.num_rows == copies.carriers.num_rows == 0
        assert copies.groups["article_id"].to_pylist() == [a.id for a in articles]
        assert list(own_reporting(articles, copies)) == []
        assert summarise_copies(copies).num_rows == len({a.outlet for a in articles})


def test_an_outlet_without_words_has_no_share():
    (row,) = summarise_copies(find_copies([Article("a", "North", "—")])).to_pylist()
    assert row["words"] == 0 and np.isnan(row["shared"]) and np.isnan(row["lost"])


def test_summary_of_outlets_is_counted_by_hand():
    articles = [
        Article("a", "North", f"{STORY} {words('north', 40)}", date="2020-01-01"),
        Article("b", "South", STORY, date="2020-01-02", upstream="Reuters"),
        Article("c", "South", words("south", 40), date="2020-01-02"),
        Article("d", "East", words("east", 50), date="2020-01-02"),
    ]
    rows = {r["outlet"]: r for r in summarise_copies(find_copies(articles)).to_pylist()}
    assert list(rows) == ["North", "South", "East"] or list(rows) == ["South", "North", "East"]
    assert rows["South"] == {
        "outlet": "South",
        "articles": 2,
        "near_duplicates": 1,
        "reposts": 0,
        "wire_credited": 1,
        "words": 100,
        "shared_words": 60,
        "lost_words": 60,
        "shared": 0.6,
        "lost": 0.6,
        "partners": "North 1",
    }
    assert rows["East"]["shared"] == 0 and rows["East"]["partners"] == ""


def test_refusals():
    twice = [Article("a", "North", STORY), Article("a", "South", STORY)]
    with pytest.raises(InputError, match="two articles have the id 'a'"):
        find_copies(twice)
    with pytest.raises(InputError, match="only once"):
        find_copies(iter(twice))
    pair = [Article("a", "North", STORY), Article("b", "South", STORY)]
    for second in (pair[::-1], pair[:1], [*pair, Article("c", "East", STORY)], [pair[0], replace(pair[1], text="x")]):
        readings = itertools.chain([pair], itertools.repeat(second))
        with pytest.raises(InputError, match="second reading"):
            find_copies(lambda readings=readings: next(readings))


def test_hostile_texts_raise_nothing():
    texts = ["\x00" * 100, "a " * 5000, "\u202e" + "x" * 10_000, "👍 " * 200, "=cmd() " * 60, "\n" * 500, "中文" * 300]
    articles = [Article(f"{i}{outlet}", outlet, text) for i, text in enumerate(texts) for outlet in ("N", "S")]
    copies = find_copies(articles)
    changed = list(own_reporting(articles, copies))
    assert len({a.id for a in changed}) == len(changed)
    for row in copies.passages.to_pylist():
        assert 0 <= row["start"] < row["end"] <= len(texts[int(row["article_id"][0])])


def test_offsets_are_characters_of_the_stored_text():
    story = STORY.replace("Storyaa", "Stóry\u00ada \U0001f600")
    articles = [Article("a", "North", f"Émile said:\r\n{story}"), Article("b", "South", f"¡No! {story}")]
    for _, _, _, text in printed(find_copies(articles), articles):
        assert text == story.removesuffix(".")


def test_five_real_pages_share_no_wording(shared):
    from framing.ingest import read_articles

    articles = read_articles(shared / "seeds", metadata=shared / "seeds" / "articles.csv")
    copies = find_copies(articles)
    assert copies.passages.num_rows == 0
    credits = {r["outlet"]: (r["credit"], r["credit_kind"]) for r in copies.groups.to_pylist() if r["credit"]}
    assert credits["AKIpress"] == ("Bloomberg", "wire") and credits["Financial Tribune"] == ("Press TV", "wire")
