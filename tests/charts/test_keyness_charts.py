"""The charts of keyness: bars on their sides, what is not certain shown so, labels apart."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import HARD_NAMES
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.keyness import plot_keyness
from framing.charts.keyness_scatter import plot_keyness_scatter
from framing.charts.keyness_table import KeyPhrases, PhraseRates
from framing.charts.label_places import place_labels
from framing.charts.settings import own_settings
from framing.charts.two_sides import side_colours
from framing.errors import InputError

pytestmark = [pytest.mark.filterwarnings("ignore:Glyph .* missing"), pytest.mark.filterwarnings("ignore:.*in no font")]
THEME = get_theme("print", 120)
LONG = "the so-called government of the so-called republic of somewhere else entirely"
ids = [f"{theme.name}-{theme.width_mm:.0f}" for theme in THEMES]


def row(
    phrase: str, log_ratio: float, count: int, other: int, status: str = "ok", width: float = 1.0
) -> dict[str, Any]:
    tested = status != "insufficient"
    return {
        "phrase": phrase,
        "count": count,
        "other_count": other,
        "articles": min(count, 9),
        "other_articles": min(other, 9),
        "per_1000": count / 10,
        "other_per_1000": other / 10,
        "log_ratio": log_ratio,
        "low": log_ratio - width if tested else math.nan,
        "high": log_ratio + width if tested else math.nan,
        "q": 0.01 if tested else math.nan,
        "status": status,
    }


OURS = [row("militants", 3.0, 16, 2), row("terrorists", 5.0, 16, 0), row("one", 2.0, 8, 2, "one article")]
THEIRS = [row("rebels", -4.0, 1, 16)]


def keyness(ours: Any = OURS, theirs: Any = THEIRS, **further: Any) -> KeyPhrases:
    return KeyPhrases.from_rows("BBC", "RT", ours, theirs, **further)


def check(figure: Any, theme: Theme) -> None:
    with own_settings():  # as it is drawn: with hinting, long lines of notes are wider
        check_texts(figure, theme)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def bars_of(figure: Any) -> list[tuple[float, float, bool]]:
    """Left end, width, and whether it is filled with the full colour of a side."""
    from matplotlib.colors import to_hex

    full = {c.lower() for c in side_colours(THEME)}
    (axes,) = figure.axes
    return [(p.get_x(), p.get_width(), to_hex(p.get_facecolor()) in full) for p in axes.patches]


def test_bars_go_right_for_the_first_side_and_left_for_the_second_in_the_order_given() -> None:
    figure = plot_keyness(keyness(), THEME)
    assert [(x, w) for x, w, _ in bars_of(figure)] == [(0, 3.0), (0, 5.0), (0, 2.0), (-4.0, 4.0)]
    texts = texts_of(figure)
    assert {"16 : 0", "16 : 2", "1 : 16", "More in BBC", "More in RT", "4×"} <= set(texts)
    (axes,) = figure.axes
    assert axes.get_xlim() == pytest.approx((-6, 6))


def test_a_ratio_with_nothing_on_the_other_side_is_pale_and_the_key_says_so() -> None:
    figure = plot_keyness(keyness(), THEME)
    assert [full for _, _, full in bars_of(figure)] == [True, False, True, True]
    assert any("½ taken for 0" in text for text in texts_of(figure))
    assert not any("½" in text for text in texts_of(plot_keyness(keyness(OURS[:1]), THEME)))


def test_phrases_too_rare_to_test_are_hollow_without_interval() -> None:
    figure = plot_keyness(keyness([row("talks", 1.0, 4, 2, "insufficient")], []), THEME)
    from matplotlib.colors import to_hex

    (axes,) = figure.axes
    (patch,) = axes.patches
    assert to_hex(patch.get_facecolor()) == THEME.paper.lower()
    assert "too few articles to test" in texts_of(figure) and not any(x.get_linewidth() == 1.0 for x in axes.lines)


def test_a_side_without_phrases_says_why() -> None:
    figure = plot_keyness(keyness(theirs=[], reasons=("", "no phrase of 700 stands out")), THEME)
    assert any("no phrase of 700" in text for text in texts_of(figure))
    assert plot_keyness(keyness([], [], reasons=("none", "none")), THEME).axes


def test_only_the_first_rows_are_taken_and_the_data_stand_beside() -> None:
    table = keyness(most=1).to_table()
    assert table["phrase"].to_pylist() == ["militants", "rebels"]
    assert table["marks"].to_pylist() == ["BBC", "RT"] and table["other_count"].to_pylist() == [2, 16]


def test_bad_rows_are_refused() -> None:
    with pytest.raises(InputError, match="has no 'q'"):
        keyness([{k: v for k, v in OURS[0].items() if k != "q"}])
    with pytest.raises(InputError, match="0 phrases"):
        keyness(most=0)
    with pytest.raises(InputError, match="no phrase to draw"):
        PhraseRates.from_table(pa.Table.from_pylist(OURS).slice(0, 0), "BBC", "RT")


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_texts_of_keyness(theme: Theme) -> None:
    hard = [row(name, 0.5 + n, 123_456 * (n % 2), 0 if n % 2 else 7) for n, name in enumerate((*HARD_NAMES, LONG))]
    mirrored = [{**r, "log_ratio": -r["log_ratio"], "low": -r["high"], "high": -r["low"]} for r in hard]
    for first, second in ((HARD_NAMES[0], HARD_NAMES[2]), ("新华社", "$AVE")):
        data = KeyPhrases.from_rows(first, second, hard, mirrored, most=17)
        check(plot_keyness(data, theme, CAPTION), theme)
    data = KeyPhrases.from_rows(HARD_NAMES[0], "", [], [], reasons=("too few articles " * 9, "none"))
    check(plot_keyness(data, theme, CAPTION), theme)


def rates(number: int = 300, marks: int = 20) -> PhraseRates:
    rows = [row(f"phrase {n} {LONG[: n % 40]}", 1.0, n * n % 97, n * 7 % 31) for n in range(1, number)]
    rows += [row(name, 1.0, 5 + n, 0) for n, name in enumerate(HARD_NAMES)]
    names = [r["phrase"] for r in rows]
    return PhraseRates.from_table(pa.Table.from_pylist(rows), HARD_NAMES[0], "RT", names[:marks], names[-marks:])


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_texts_of_the_scatter(theme: Theme) -> None:
    check(plot_keyness_scatter(rates(), theme, CAPTION), theme)
    one = PhraseRates.from_table(pa.Table.from_pylist(OURS[:1]), "BBC", "RT")
    check(plot_keyness_scatter(one, theme, CAPTION), theme)


def test_dots_lie_higher_the_more_often_the_first_side_uses_a_phrase_and_zero_lies_off_the_axis() -> None:
    figure = plot_keyness_scatter(
        PhraseRates.from_table(pa.Table.from_pylist([*OURS, *THEIRS]), "BBC", "RT", ["militants"], ["rebels"]), THEME
    )
    (axes,) = figure.axes
    found = [
        (line.get_markerfacecolor(), float(x), float(y))
        for line in axes.lines
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    spots = {colour: (x, y) for colour, x, y in found}
    first, second = side_colours(THEME)
    assert spots[first][1] < spots[second][1] and spots[first][0] < spots[second][0]  # y goes down
    assert min(x for _, x, _ in found) < spots[first][0]  # "terrorists": never by the other side
    assert {"militants", "rebels", "0"} <= set(texts_of(figure)) and "terrorists" not in texts_of(figure)


def test_alternative_texts_and_bytes() -> None:
    figure = plot_keyness(keyness(), THEME)
    assert alt_text(figure) == "Diverging bars with 95% intervals of 4 phrases that mark BBC against RT."
    few = plot_keyness(keyness([row("talks", 1.0, 4, 2, "insufficient")], []), THEME)
    assert alt_text(few) == "Diverging bars of 1 phrase too rare to test, used more by BBC or RT."
    assert alt_text(plot_keyness_scatter(rates(30, 2), THEME)).startswith("Scatter plot of the rates of 45 phrases in")
    for plot, data in ((plot_keyness, keyness()), (plot_keyness_scatter, rates())):
        first, second = (render(plot(data, THEME, CAPTION), "svg") for _ in range(2))  # type: ignore[operator]
        assert first == second


def test_labels_keep_off_each_other_and_off_dots_and_inside_the_area() -> None:
    dots = [(10.0, 10.0), (12.0, 10.0), (90.0, 10.0), (50.0, 50.0)]
    spots = place_labels(dots, [(20.0, 6.0)] * 3, (0.0, 0.0, 100.0, 100.0), 1.0)
    assert [s.index for s in spots] == [0, 1, 2]
    boxes = [(s.left, s.top, s.left + 20, s.top + 6) for s in spots]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top) >= 0 and max(right, bottom) <= 100
        assert not any(left < x < right and top < y < bottom for x, y in dots)
        assert all(right <= o[0] or o[2] <= left or bottom <= o[1] or o[3] <= top for o in boxes[n + 1 :])
    assert place_labels(dots[:1], [(200.0, 6.0)], (0.0, 0.0, 100.0, 100.0), 1.0) == []


def test_labels_off_their_dots_have_lines_that_cross_nothing() -> None:
    # A column of five dots, whose labels cannot all stand beside them, among dots that no label may hide.
    dots = [(50.0, 40.0 + 4 * n) for n in range(5)]
    behind = [(62.0, float(y)) for y in range(30, 70, 2)] + [(38.0, float(y)) for y in range(30, 70, 2)]
    sizes = [(20.0, 6.0)] * 5
    spots = place_labels(dots, sizes, (0.0, 0.0, 100.0, 100.0), 1.5, behind=behind, outward=[(0.0, -1.0)] * 5)
    lines = [s.line for s in spots if s.line is not None]
    assert lines and all(line[3] < line[1] + 4 for line in lines)  # about upwards
    for spot in spots:
        left, top = spot.left, spot.top
        assert not any(left < x < left + 20 and top < y < top + 6 for x, y in (*dots, *behind))
        if spot.line is not None:
            x, y = dots[spot.index]
            assert math.hypot(spot.line[0] - x, spot.line[1] - y) == pytest.approx(1.5)  # from the edge of its dot
            ends_at_label = (
                left - 1e-6 <= spot.line[2] <= left + 20 + 1e-6 and top - 1e-6 <= spot.line[3] <= top + 6 + 1e-6
            )
            assert ends_at_label
    boxes = [(s.left, s.top, s.left + 20, s.top + 6) for s in spots]
    assert all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
    )


def test_a_label_stands_beside_its_dot_only_where_it_is_no_others_too() -> None:
    # Right of the first dot there is room for its label, but it would end at the second dot.
    area = (0.0, 0.0, 100.0, 40.0)
    near = place_labels([(20.0, 20.0), (45.0, 20.0)], [(20.0, 6.0)], area, 1.0, outward=[(0.0, -1.0)])
    far = place_labels([(20.0, 20.0), (60.0, 20.0)], [(20.0, 6.0)], area, 1.0, outward=[(0.0, -1.0)])
    assert near[0].line is not None and far[0].line is None


def test_the_scatter_labels_untested_phrases_where_there_are_no_others() -> None:
    rare = [row(name, 1.0, n, 2, "insufficient") for n, name in enumerate(("talks", "truce"), 4)]
    figure = plot_keyness_scatter(PhraseRates.from_table(pa.Table.from_pylist(rare), "BBC", "RT"), THEME)
    shown = {text.get_text(): text.get_color() for text in figure.texts}
    assert shown["talks"] == shown["truce"] == THEME.muted


def test_the_words_of_both_sides_stand_beside_the_uses_and_apostrophes_are_printed() -> None:
    ours = [row("it's", 3.0, 16, 2)]
    said = texts_of(plot_keyness(keyness(ours, words=(4543, 19404)), THEME))
    note = " ".join(said).replace("\u00a0", " ")
    assert "Figures at the bars: uses by BBC : by RT, in 4,543 : 19,404 words." in note and "it’s" in said


def test_lines_of_the_axis_keep_off_the_headings() -> None:
    figure = plot_keyness(keyness(), THEME)
    (axes,) = figure.axes
    tops = [min(map(float, x.get_ydata())) for x in axes.lines if x.get_color() == THEME.faint]
    assert tops and min(tops) > THEME.label  # the heading is at least a line high


def test_headings_can_be_read_on_every_theme() -> None:
    from framing.charts.theme import THEMES as ALL
    from framing.charts.theme import contrast

    assert all(contrast(colour, t.paper) >= 4.5 for t in ALL.values() for colour in side_colours(t))
