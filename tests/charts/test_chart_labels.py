import pytest

from framing.charts.fonts import text_width
from framing.charts.labels import clean, distinct_labels, shorten, wrap, wrap_evenly
from framing.charts.theme import get_theme

THEME = get_theme("print")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("BBC", "BBC"),
        ("a\x00b\x1bc", "abc"),
        ("tab\tand\nline", "tab and line"),
        ("  two   spaces ", "two spaces"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("\u202eevil\u202c", "evil"),
        ("zero\u200bwidth", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs its non-joiner
        ("a\ufffe\uffffb", "ab"),
        ("1\u00a0200", "1\u00a0200"),
        ("e\u0301", "é"),
        ("q" + "\u0316" * 40, "q" + "\u0316" * 3),
        ("$5", "$5"),
        ("", "(no name)"),
        ("\x00\x01", "(no name)"),
        ("\u200d", "(no name)"),
        (None, "(no name)"),
        ("NA", "NA"),
        ("007", "007"),
    ],
)
def test_clean_keeps_what_can_be_drawn(text: str | None, expected: str) -> None:
    assert clean(text) == expected
    assert clean(clean(text)) == expected


def test_width_is_proportional_to_the_size() -> None:
    assert text_width("militants", 14, THEME) == pytest.approx(2 * text_width("militants", 7, THEME))
    assert text_width("militants", 7, THEME, bold=True) > text_width("militants", 7, THEME)


def test_shorten_leaves_what_fits_and_cuts_what_does_not() -> None:
    assert shorten("BBC", 100, 7, THEME) == "BBC"
    short = shorten("The Christian Science Monitor", 60, 7, THEME)
    assert short.endswith("…") and short.startswith("The Chr")
    assert text_width(short, 7, THEME) <= 60
    assert shorten("BBC", 1, 7, THEME) == "…"


def test_names_that_begin_alike_stay_apart() -> None:
    labels = distinct_labels(["The Daily Post of the North", "The Daily Post of the South", "BBC"], 60, 7, THEME)
    assert len(set(labels)) == 3
    assert labels[0].endswith("North") and labels[1].endswith("South") and labels[2] == "BBC"


def test_names_that_begin_and_end_alike_are_numbered() -> None:
    labels = distinct_labels(["x" * 80, "x" * 90, "a\x00b", "ab"], 60, 7, THEME)
    assert len(set(labels)) == 4
    assert labels[1].endswith("(2)") and labels[2:] == ["ab", "ab\u00a0(2)"]
    assert all(text_width(label, 7, THEME) <= 60 for label in labels)


def test_wrap_breaks_at_spaces_and_only_inside_words_that_are_too_wide() -> None:
    assert wrap("one two", 200, 7, THEME) == ["one two"]
    assert wrap("", 200, 7, THEME) == []
    lines = wrap("rebels " + "w" * 30 + " militants", 60, 7, THEME)
    assert lines[0] == "rebels" and "".join(lines).replace(" ", "") == "rebels" + "w" * 30 + "militants"
    assert all(text_width(line, 7, THEME) <= 60 for line in lines)
    assert wrap("one two three four five six", 30, 7, THEME, max_lines=2)[1].endswith("…")


def test_no_word_stands_alone_on_the_last_line_of_a_title() -> None:
    text = "Most outlets say rebels in their own voice now"
    width = text_width(text, 9, THEME) - 1
    assert wrap(text, width, 9, THEME)[-1] == "now"
    even = wrap_evenly(text, width, 9, THEME)
    assert len(even) == 2 and " ".join(even) == text
    assert text_width(even[1], 9, THEME) >= width / 3
