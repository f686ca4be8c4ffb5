from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block
from framing.charts.theme import get_theme


def test_footer_names_source_articles_period_lexicon_and_method() -> None:
    caption = Caption("", "", "own sample", 12408, "2016 to 2017", "syria 3f9c2a1", "bootstrap")
    assert caption.footer().replace("\u00a0", " ") == (
        "Source: own sample · 12,408 articles · 2016 to 2017 · lexicon syria 3f9c2a1 · bootstrap"
    )


def test_footer_leaves_out_what_is_not_known() -> None:
    assert Caption(articles=1).footer().replace("\u00a0", " ") == "1 article"
    assert Caption().footer() == ""
    assert foot_block(Caption(), [], get_theme("print")).height == 0


def test_footer_never_overflows_and_no_line_begins_with_a_dot() -> None:
    theme = get_theme("print")
    caption = Caption("", "", "a source with a name " * 8 + "w" * 200, 12408, "2016 to 2017", "l" * 90, "m " * 90)
    lines = [line.text for line in foot_block(caption, ["A note. " * 30], theme).lines]
    assert len(lines) > 8
    assert all(text_width(line, theme.small, theme) <= theme.inner for line in lines)
    assert not any(line.startswith("·") for line in lines)
