"""The same table gives the same bytes; nothing else in the process changes."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path
from typing import Any

import pytest
from chart_tables import GROUPS, REFERENTS, coverage_table, measures_table, module_table, names, terms_table

import framing.charts
from framing.charts import CHARTS, Caption, get_theme, render, save
from framing.charts.files import FORMATS, ending  # noqa: F401  # for the program of another process
from framing.errors import InputError
from framing.report.figures.drawers import DRAWERS

TABLES: dict[str, Any] = {
    "variant-shares": lambda outlets: (terms_table(outlets, 7), "syria", {"referent": "armed-opposition"}),
    "stance": lambda outlets: (measures_table(outlets, REFERENTS[:2]), "syria", {}),
    "coverage": lambda outlets: (coverage_table(outlets, REFERENTS[:3]), "syria", {}),
    "module": lambda outlets: (module_table(outlets), GROUPS[1], {}),
    "profile": lambda outlets: (module_table(outlets), outlets[0], {"groups": GROUPS}),
}


def draw(name: str, outlets: list[str], theme: str = "print") -> Any:
    table, about, options = TABLES[name](outlets)
    chart = CHARTS[name]
    return chart.plot(chart.take(table, about, **options), get_theme(theme), Caption(title="A finding & a “point”"))


def test_every_chart_has_a_test_table_and_every_file_a_line_in_the_registry() -> None:
    assert set(TABLES) == set(CHARTS)
    folder = Path(framing.charts.__file__).parent
    drawing = {path.stem.replace("_", "-") for path in folder.glob("*.py") if "\ndef plot_" in path.read_text("utf-8")}
    assert set(CHARTS) <= drawing
    called_otherwise = {"outlet-map": "map"}
    assert {called_otherwise.get(name, name) for name in drawing} <= set(DRAWERS)


def test_the_same_table_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_chart_files import CHARTS, FORMATS, draw, ending, save\n"
        "for name in CHARTS:\n"
        "    for format in FORMATS:\n"
        "        save(draw(name, ['BBC', '$RT$', 'Vox', 'AP']), f'{sys.argv[1]}/{name}.{ending(format)}', format)\n"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed, "TZ": f"UTC{seed}"}
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, str(tmp_path / seed)], check=True, env=environment
        )
    files = sorted((tmp_path / "1").iterdir())
    assert len(files) == 4 * len(CHARTS)
    for file in files:
        assert file.read_bytes() == (tmp_path / "2" / file.name).read_bytes(), file.name


@pytest.mark.filterwarnings("ignore:.*characters of this chart")
@pytest.mark.parametrize("name", CHARTS)
def test_the_users_settings_neither_change_the_chart_nor_are_changed(name: str) -> None:
    import matplotlib

    outlets = ["BBC", "$RT$", "Vox", "AP"]
    plain = render(draw(name, outlets), "svg")
    with matplotlib.rc_context(
        {
            "font.size": 30,
            "axes.grid": True,
            "text.color": "red",
            "lines.linewidth": 9,
            "lines.markeredgewidth": 5,
            "svg.fonttype": "none",
        }
    ):
        before = dict(matplotlib.rcParams)
        assert render(draw(name, outlets), "svg") == plain
        assert dict(matplotlib.rcParams) == before


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.filterwarnings("ignore:.*characters of this chart")
@pytest.mark.parametrize("format", ["svg", "svg-text"])
@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_well_formed_whatever_the_names(name: str, format: str, tmp_path: Path) -> None:
    path = save(draw(name, names(16)), tmp_path / "chart.svg", format)
    root = ElementTree.fromstring(path.read_bytes())
    title = root.find(f"{SVG}title")
    assert title is not None and title.text is not None and title.text.endswith(". A finding & a “point”.")
    text = path.read_text("utf-8")
    assert "Matplotlib v" not in text and "<dc:date>" not in text


def test_text_of_an_svg_is_outlines_or_text_as_asked(tmp_path: Path) -> None:
    outlets = ["$RT$ <b>", "font-family: 'x';"]
    outlines = ElementTree.fromstring(render(draw("stance", outlets), "svg"))
    assert outlines.find(f".//{SVG}text") is None and outlines.find(f".//{SVG}use") is not None
    words = ElementTree.fromstring(render(draw("stance", outlets), "svg-text"))
    texts = words.findall(f".//{SVG}text")
    assert {*outlets, "A finding & a “point”"} <= {text.text for text in texts}
    families = words.attrib["font-family"].split(", ")
    assert families[0] == "'DejaVu Sans'" and "'Verdana'" in families and families[-1] == "sans-serif"
    assert not any("font-family" in text.attrib["style"] for text in texts)
    assert save(draw("stance", outlets), tmp_path / "a.text.svg").read_bytes() == render(
        draw("stance", outlets), "svg-text"
    )


def test_png_carries_the_alternative_text_and_no_program(tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(save(draw("stance", ["BBC", "RT"]), tmp_path / "chart.png")) as image:
        assert image.size[0] == 1051  # 89 mm at 300 dpi
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert image.info["Description"].startswith("Dot plot")
        assert "“point”" in image.info["Description"]
        assert "Software" not in image.info
        assert image.mode == "RGB"
        assert image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("theme, size", [("web-dark", (1200, 675)), ("slides", (1920, 1080))])
def test_png_has_the_pixels_of_its_theme(theme: str, size: tuple[int, int]) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(render(draw("stance", ["BBC", "RT"], theme), "png"))) as image:
        assert image.size == size
        paper = get_theme(theme).paper
        right, bottom = size[0] - 1, size[1] - 1
        edges = [image.crop((x, y, x + 1, y + 1)).tobytes().hex() for x in (0, right) for y in (0, bottom)]
        assert edges == [paper.removeprefix("#").lower()] * 4


def test_pdf_is_one_page_with_its_title_and_its_fonts_and_without_a_date() -> None:
    pdf = render(draw("stance", ["BBC", "Коммерсантъ"]), "pdf")
    assert pdf.startswith(b"%PDF-1.") and pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    assert box and float(box[1]) == pytest.approx(89 / 25.4 * 72, abs=0.01)
    assert b"Date" not in pdf and b"atplotlib" not in pdf
    assert ". A finding & a “point”".encode("utf-16-be") in pdf_strings(pdf)
    # Outlines of TrueType are inside the file ("FontFile2"), and no font is of Type 3.
    assert b"/FontFile2" in pdf and b"/Type3" not in pdf and b"/Type1" not in pdf


def test_text_of_a_pdf_can_be_searched() -> None:
    pdf = render(draw("stance", ["Tribune", "$x$"]), "pdf")
    assert {ord(letter) for letter in "Tribune$x“”"} <= letters_of(pdf)


@pytest.mark.filterwarnings("ignore:.*characters of this chart")
def test_names_of_every_kind_make_a_pdf() -> None:
    letters = letters_of(render(draw("stance", names(16)), "pdf"))
    assert {ord("К"), ord("$"), ord("<")} <= letters and not letters & {0, 7, 0x1B, 0x202E}


def pdf_strings(pdf: bytes) -> bytes:
    """Return the bytes of a PDF with the escapes of its strings undone."""
    return re.sub(rb"\\([()\\])", rb"\1", pdf)


def letters_of(pdf: bytes) -> set[int]:
    """Return the characters that a reader finds: those that the fonts' tables name for their glyphs."""
    found: set[int] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            stream = zlib.decompress(stream)
        for first, last, to in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", stream):
            found |= {int(to, 16) + step for step in range(int(last, 16) - int(first, 16) + 1)}
        for first, last, row in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>\s*\[([^\]]*)\]", stream):
            assert int(first, 16) <= int(last, 16)
            found |= {int(code[:4], 16) for code in re.findall(rb"<([0-9A-Fa-f]+)>", row)}
    return found


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_characters_without_a_glyph_are_reported_once(format: str, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="3 characters of this chart") as caught:
        save(draw("stance", ["新华社", "Коммерсантъ", "الجزيرة"]), tmp_path / f"chart.{format}")
    assert len(caught) == 1


def test_characters_without_a_glyph_are_left_to_those_who_show_text_as_text() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "新华社".encode() in render(draw("stance", ["新华社", "RT"]), "svg-text")


def test_another_format_is_refused(tmp_path: Path) -> None:
    figure = draw("stance", ["BBC", "RT"])
    with pytest.raises(InputError, match=r"'gif'\. Use one of: png, svg, svg-text, pdf"):
        save(figure, tmp_path / "chart.gif")
    assert not list(tmp_path.iterdir())
    assert save(figure, tmp_path / "chart", "SVG").read_bytes().startswith(b"<?xml")


def test_importing_the_charts_does_not_import_matplotlib_and_drawing_does_not_import_pyplot() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import framing.charts\n"
        "assert not any(name.startswith('matplotlib') for name in sys.modules)\n"
        "from test_chart_files import draw\n"
        "draw('coverage', ['BBC', 'RT'])\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_chart_too_high_for_a_file_is_refused() -> None:
    table = measures_table([f"Outlet {i}" for i in range(2000)], REFERENTS[:1])
    chart = CHARTS["stance"]
    with pytest.raises(InputError, match=r"mm high\. Choose fewer outlets"):
        chart.plot(chart.take(table, "syria"), get_theme("print"), None)
