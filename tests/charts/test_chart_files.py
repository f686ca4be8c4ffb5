"""The same table gives the same bytes; nothing else in the process changes."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from chart_tables import GROUPS, REFERENTS, coverage_table, measures_table, module_table, names, terms_table

import framing.charts
from framing.charts import CHARTS, Caption, get_theme, render, save
from framing.errors import InputError
from framing.report.drawers import DRAWERS

TABLES: dict[str, Any] = {
    "variant-shares": lambda outlets: (terms_table(outlets, 7), "syria", {"referent": "armed-opposition"}),
    "stance": lambda outlets: (measures_table(outlets, REFERENTS[:2]), "syria", {}),
    "coverage": lambda outlets: (coverage_table(outlets, REFERENTS[:3]), "syria", {}),
    "module": lambda outlets: (module_table(outlets), GROUPS[1], {}),
    "profile": lambda outlets: (module_table(outlets), outlets[0], {"groups": GROUPS}),
}


def draw(name: str, outlets: list[str]) -> Any:
    table, about, options = TABLES[name](outlets)
    chart = CHARTS[name]
    return chart.plot(chart.take(table, about, **options), get_theme("print"), Caption(title="A finding & a “point”"))


def test_every_chart_has_a_test_table_and_every_file_a_line_in_the_registry() -> None:
    assert set(TABLES) == set(CHARTS)
    folder = Path(framing.charts.__file__).parent
    drawing = {path.stem.replace("_", "-") for path in folder.glob("*.py") if "\ndef plot_" in path.read_text("utf-8")}
    # The charts that `framing.report` draws from several tables have their own registry, and are drawn in its tests.
    assert set(CHARTS) <= drawing
    assert len(drawing - set(CHARTS)) == len(DRAWERS)


def test_the_same_table_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_chart_files import CHARTS, draw, save\n"
        "for name in CHARTS:\n"
        "    for format in ('svg', 'png'):\n"
        "        save(draw(name, ['BBC', '$RT$', 'Vox', 'AP']), f'{sys.argv[1]}/{name}.{format}')\n"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed}
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, str(tmp_path / seed)], check=True, env=environment
        )
    files = sorted((tmp_path / "1").iterdir())
    assert len(files) == 2 * len(CHARTS)
    for file in files:
        assert file.read_bytes() == (tmp_path / "2" / file.name).read_bytes(), file.name


@pytest.mark.filterwarnings("ignore:.*characters of this chart")
@pytest.mark.parametrize("name", CHARTS)
def test_the_users_settings_neither_change_the_chart_nor_are_changed(name: str) -> None:
    import matplotlib

    outlets = ["BBC", "$RT$", "Vox", "AP"]
    plain = render(draw(name, outlets), "svg")
    with matplotlib.rc_context(
        {"font.size": 30, "axes.grid": True, "text.color": "red", "lines.linewidth": 9, "svg.fonttype": "none"}
    ):
        before = dict(matplotlib.rcParams)
        assert render(draw(name, outlets), "svg") == plain
        assert dict(matplotlib.rcParams) == before


@pytest.mark.filterwarnings("ignore:.*characters of this chart")
@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_well_formed_whatever_the_names(name: str, tmp_path: Path) -> None:
    path = save(draw(name, names(16)), tmp_path / "chart.svg")
    root = ElementTree.fromstring(path.read_bytes())
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text is not None and title.text.endswith("where A finding & a “point”.")
    text = path.read_text("utf-8")
    assert "Matplotlib v" not in text and "<dc:date>" not in text


def test_png_carries_the_alternative_text_and_no_program(tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(save(draw("stance", ["BBC", "RT"]), tmp_path / "chart.png")) as image:
        assert image.size[0] == 1051  # 89 mm at 300 dpi
        assert image.info["Description"].startswith("Dot plot")
        assert "Software" not in image.info


def test_characters_without_a_glyph_are_reported_once(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="3 characters of this chart") as caught:
        save(draw("stance", ["新华社", "RT"]), tmp_path / "chart.png")
    assert len(caught) == 1


def test_another_format_is_refused(tmp_path: Path) -> None:
    figure = draw("stance", ["BBC", "RT"])
    with pytest.raises(InputError, match=r"'gif'\. Use one of: png, svg"):
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
