import math
import random
from typing import Any

import pyarrow as pa
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.charts import Caption, VariantShares, alt_text, get_theme, plot_variant_shares
from framing.errors import InputError

THEME = get_theme("print", 183)


def row(outlet: str, voice: str, term: str, count: int, n_articles: int = 20, **other: Any) -> dict[str, Any]:
    status = "ok" if n_articles >= 10 else "insufficient"
    return {
        "outlet": outlet,
        "lexicon": "syria",
        "referent": "armed-opposition",
        "term": term,
        "label": term,
        "voice": voice,
        "count": count,
        "n_articles": n_articles,
        "share": math.nan,
        "status": status,
    } | other


ROWS = [
    row("BBC", "own", "rebels", 30, 25),
    row("BBC", "own", "militants", 10, 25),
    row("BBC", "quoted", "rebels", 5, 12),
    row("BBC", "quoted", "terrorists", 15, 12),
    row("BBC", "attributed", "terrorists", 20, 17),
    row("BBC", "scare", "terrorists", 2, 2),
    row("RT", "own", "rebels", 1, 40),
    row("RT", "own", "terrorists", 99, 40),
    row("Vox", "own", "rebels", 3, 3),
    row("AP", "quoted", "rebels", 8, 11),
]


def take(rows: list[dict[str, Any]], **options: Any) -> VariantShares:
    return VariantShares.from_table(pa.Table.from_pylist(rows), "syria", "armed-opposition", **options)


def axes_of(figure: Figure, name: str) -> Axes:
    return next(axes for axes in figure.axes if axes.get_label() == name)


def test_shares_of_own_voice_and_of_quoted_and_attributed_together() -> None:
    shares = take(ROWS)
    # terrorists: 0.99 + 15/20 + 1.0 = 2.74; rebels: 0.75 + 5/20 + 0.01 + 1.0 = 2.01; militants 0.25
    assert shares.variants == ("terrorists", "rebels", "militants") and shares.gathered == 0
    assert shares.outlets == ("RT", "BBC", "Vox", "AP")  # by terrorists in own voice; few articles; no evidence
    assert shares.own.shares[:2] == (pytest.approx((0.99, 0.01, 0.0)), pytest.approx((0.0, 0.75, 0.25)))
    assert shares.own.mentions == (100, 40, 3, 0) and shares.own.articles == (40, 25, 3, 0)
    assert shares.own.status == ("ok", "ok", "insufficient", "undefined")
    assert shares.said.mentions == (0, 40, 0, 8)
    assert shares.said.shares[1] == pytest.approx((35 / 40, 5 / 40, 0.0))
    assert shares.said.articles[1] == 17 and shares.said.at_least == (False, True, False, False)
    assert all(math.isnan(share) for share in shares.said.shares[0])
    assert shares.scare == 2


def test_order_of_rows_does_not_matter() -> None:
    shuffled = ROWS.copy()
    random.Random(3).shuffle(shuffled)
    assert repr(take(shuffled)) == repr(take(ROWS))


def test_the_commonest_own_name_of_no_outlet_is_gathered_with_the_others() -> None:
    rows = [row(outlet, "own", term, n) for outlet in ("BBC", "RT") for term, n in (("rebels", 50), ("fighters", 45))]
    rows += [row("AP", "own", "militants", 6), row("AP", "own", "rebels", 4), row("AP", "own", "gunmen", 5)]
    rows += [row("Vox", "own", "gangs", 9, 3), row("Vox", "own", "rebels", 1, 3)]  # too few articles
    # rebels: 50/95 twice and 4/15; fighters: 45/95 twice; militants: 6/15; gunmen: 5/15
    shares = take(rows, max_variants=2)
    assert shares.variants == ("rebels", "militants", "other (3 variants)")
    assert take(rows, max_variants=3).variants == ("rebels", "fighters", "militants", "other (2 variants)")
    assert take(rows, max_variants=1).variants == ("rebels", "other (4 variants)")


def test_variants_beyond_the_limit_are_gathered() -> None:
    shares = take(ROWS, max_variants=1)
    assert shares.variants == ("terrorists", "other (2 variants)") and shares.gathered == 2
    assert shares.own.shares[1] == pytest.approx((0.0, 1.0))


def test_a_single_variant_left_over_keeps_its_name() -> None:
    shares = take(ROWS, max_variants=2)
    assert shares.variants == ("terrorists", "rebels", "militants") and shares.gathered == 1


def test_the_name_of_most_outlets_keeps_its_colour_whatever_the_others_say() -> None:
    # Six outlets, five different commonest names: that of two outlets first, then by share; the weakest is gathered.
    names = {"A": ("rebels", 40), "B": ("rebels", 40), "C": ("gangs", 90), "D": ("gunmen", 80), "E": ("militants", 70)}
    rows = [row(o, "own", term, n) for o, (term, n) in names.items()]
    rows += [row(o, "own", f"word {i}", 10) for o, (_, n) in names.items() for i in range((100 - n) // 10)]
    shares = take(rows, max_variants=3)
    assert set(shares.variants[:3]) == {"rebels", "gangs", "gunmen"}
    assert {"rebels", "gangs", "gunmen", "militants"} <= set(take(rows, max_variants=5).variants)


def test_where_all_have_few_articles_their_commonest_names_keep_a_colour() -> None:
    rows = [row("A", "own", "rebels", 9, 3), row("A", "own", "gunmen", 8, 3), row("B", "own", "gunmen", 8, 3)]
    rows += [row("B", "own", "militants", 9, 3)]
    # gunmen: 8/17 + 8/17; rebels and militants: 9/17 each
    assert take(rows, max_variants=2).variants == ("militants", "rebels", "gunmen")


def test_a_name_below_two_per_cent_of_every_bar_has_no_colour_of_its_own() -> None:
    rows = [row("A", "own", "rebels", 980), row("A", "own", "gunmen", 20), row("B", "own", "rebels", 981)]
    rows += [row("B", "own", "gangs", 19), row("B", "own", "youths", 0)]
    shares = take(rows)
    assert shares.variants == ("rebels", "gunmen", "gangs") and shares.gathered == 1  # 1.9%: the grey of "other"
    assert shares.terms == ("rebels", "gunmen", "gangs")
    more = take([*rows, row("B", "own", "bandits", 1)])
    assert more.variants == ("rebels", "gunmen", "other (2 variants)") and more.terms == ("rebels", "gunmen")


def test_a_name_that_is_large_in_one_bar_comes_before_one_that_is_small_in_many() -> None:
    # fighters: 3 x 10%, the higher sum; gangs: 20% of one bar
    rows = [row(o, "own", term, n) for o in "ABC" for term, n in (("rebels", 90), ("fighters", 10))]
    rows += [row("D", "own", "rebels", 80), row("D", "own", "gangs", 20)]
    assert take(rows, max_variants=2).variants == ("rebels", "gangs", "fighters")


def test_what_is_large_among_the_gathered_is_named_below() -> None:
    rows = [row("A", "own", "rebels", 40), row("A", "own", "gangs", 36), row("A", "own", "gunmen", 24)]
    rows += [row("B", "own", "rebels", 70), row("B", "own", "gunmen", 16), row("B", "own", "gangs", 14)]
    rows += [row("B", "quoted", "rebels", 9), row("B", "quoted", "youths", 1)]
    rows += [row("C", "own", "rebels", 3, 3), row("C", "own", "gunmen", 3, 3)]  # too few articles for a figure
    shares = take(rows, max_variants=2)
    assert shares.variants == ("rebels", "gangs", "other (2 variants)")
    assert [(h.outlet, h.voice, h.label, h.share) for h in shares.hidden] == [
        ("A", "own", "gunmen", 0.24), ("B", "own", "gunmen", 0.16),
    ]  # fmt: skip
    texts = " ".join(text.get_text() for text in plot_variant_shares(shares, THEME).texts)
    assert "Largest in “other”: “gunmen” 24% in A, 16% in B." in texts
    assert take(rows, max_variants=5).hidden == ()


def test_a_name_of_several_forms_is_explained() -> None:
    def words(label: str) -> str:
        figure = plot_variant_shares(take([row("A", "own", "rebel(s)", 9, label=label)]), THEME)
        return " ".join(text.get_text() for text in figure.texts)

    assert "“…”: other forms of the name are counted with it." in words("rebels …")
    assert "other forms" not in words("rebels")


def test_a_word_that_only_a_small_outlet_uses_is_kept() -> None:
    rows = [row("Big", "own", f"common{i}", 1000) for i in range(5)] + [row("Big", "own", "rare", 1)]
    rows += [row("Small", "own", "rare", 12)]
    assert take(rows).variants[0] == "rare"


def test_chosen_outlets_without_a_mention_are_no_evidence() -> None:
    shares = take(ROWS, outlets=["SANA", "BBC", "BBC"])
    assert shares.outlets == ("BBC", "SANA")
    assert shares.own.status[1] == shares.said.status[1] == "undefined"
    figure = plot_variant_shares(shares, THEME)
    assert [text.get_text() for text in figure.texts].count("no evidence") == 2


def test_only_outlets_without_a_mention_can_be_drawn() -> None:
    shares = take(ROWS, outlets=["SANA"])
    assert shares.variants == ()
    assert len(plot_variant_shares(shares, THEME).axes) == 2


def test_two_terms_of_the_same_label_stay_apart() -> None:
    rows = [row("BBC", "own", "=Rebel(s)", 9, label="rebels"), row("BBC", "own", "rebel(s)", 5, label="rebels")]
    assert take(rows).variants == ("rebels [=Rebel(s)]", "rebels [rebel(s)]")


def test_bars_are_as_long_as_the_shares() -> None:
    figure = plot_variant_shares(take(ROWS), THEME)
    widths = [patch.get_width() for patch in axes_of(figure, "own").patches if patch.get_linewidth() == 0]
    assert widths == pytest.approx([99, 1, 75, 25, 100])
    said = [patch.get_width() for patch in axes_of(figure, "said").patches if patch.get_linewidth() == 0]
    assert said == pytest.approx([87.5, 12.5, 100])


def test_bars_of_few_articles_are_hatched_and_have_no_figure() -> None:
    figure = plot_variant_shares(take([row("Vox", "own", "rebels", 3, 3)]), THEME)
    patch, outline = axes_of(figure, "own").patches
    assert outline.get_width() == 100
    texts = [text.get_text() for text in figure.texts]
    assert patch.get_hatch() and patch.get_width() == 100
    assert "3 (3)" in texts and "pale, hatched: fewer than 10 articles" in texts
    assert not any(text.startswith("rebels 1") or text == "100" for text in texts)


def test_counts_figures_and_key_are_written() -> None:
    texts = [text.get_text() for text in plot_variant_shares(take(ROWS), THEME).texts]
    for expected in ("100 (40)", "40 (25)", "40 (≥17)", "8 (11)", "terrorists 99", "rebels 75", "militants 25", "100%"):
        assert expected in texts, expected


def test_alternative_text_names_kind_data_and_point() -> None:
    figure = plot_variant_shares(take(ROWS), THEME, Caption(title="RT says “terrorists”"))
    assert alt_text(figure) == (
        "Stacked bar chart of the words 4 outlets use for “Armed opposition”, as shares of mentions by voice. "
        "RT says “terrorists”."
    )


@pytest.mark.parametrize(
    "options, message",
    [
        ({"max_variants": 6}, "max_variants is 6. Use 1 to 5"),
        ({"max_variants": 0}, "max_variants is 0"),
        ({"outlets": []}, "No outlet"),
    ],
)
def test_options_that_cannot_be_drawn_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        take(ROWS, **options)


def test_unknown_lexicon_referent_column_and_status_are_named() -> None:
    table = pa.Table.from_pylist(ROWS)
    with pytest.raises(InputError, match="no lexicon 'iran'; it has syria"):
        VariantShares.from_table(table, "iran", "armed-opposition")
    with pytest.raises(InputError, match=r"no mention of 'army'.*it has armed-opposition"):
        VariantShares.from_table(table, "syria", "army")
    with pytest.raises(InputError, match="'terms' has no column 'voice'"):
        VariantShares.from_table(table.drop_columns(["voice"]), "syria", "armed-opposition")
    with pytest.raises(InputError, match="status 'fine' is not known"):
        take([row("BBC", "own", "rebels", 1, status="fine")])
