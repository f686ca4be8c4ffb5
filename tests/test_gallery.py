"""The gallery in the tree is what the program draws, compared as images at one version of matplotlib."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import matplotlib
import pytest
from matplotlib.testing.compare import compare_images

from framing.report.figures.drawers import DRAWERS

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "figures"
TOLERANCE = 0.5  # root mean square of 255 levels: rounding between machines, not a moved label


def pinned_version() -> str:
    """The version of matplotlib that `.[dev]` installs."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    return next(m[1] for line in extras["dev"] if (m := re.fullmatch(r"matplotlib==([\d.]+)", line)))


def load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", GALLERY / "make_gallery.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    load_maker().make_gallery(folder)
    return folder


@pytest.mark.slow
def test_the_gallery_holds_what_is_drawn_and_nothing_else(fresh: Path) -> None:
    endings = {".png", ".svg", ".txt", ".csv", ".json"}
    assert {p.name for p in fresh.iterdir()} == {p.name for p in GALLERY.iterdir() if p.suffix in endings}


@pytest.mark.slow
def test_every_picture_of_the_gallery_is_what_is_drawn_now(fresh: Path, tmp_path: Path) -> None:
    if matplotlib.__version__ != pinned_version():
        pytest.skip(f"pictures are compared at matplotlib {pinned_version()}; this is {matplotlib.__version__}")
    different = []
    for path in sorted(GALLERY.glob("*.png")):
        kept = tmp_path / path.name  # a picture of the difference is written beside the first
        kept.write_bytes(path.read_bytes())
        difference = compare_images(str(kept), str(fresh / path.name), TOLERANCE)
        if difference is not None:
            different.append(f"{path.name}: {difference}")
    assert not different, "\n".join([*different, "Look at them; if they are meant to change: make figures"])


@pytest.mark.slow
def test_the_words_of_the_gallery_are_those_written_now(fresh: Path) -> None:
    for path in sorted(GALLERY.glob("*.txt")):
        assert (fresh / path.name).read_bytes() == path.read_bytes(), path.name
    for path in sorted(GALLERY.glob("*.json")):
        then, now = (json.loads(p.read_text("utf-8")) for p in (path, fresh / path.name))
        for record in (then, now):  # what depends on the versions that ran
            del record["analysis"], record["citation"]
        assert then == now, path.name


def test_every_kind_of_chart_is_in_the_gallery_and_in_the_docs() -> None:
    charts = {json.loads(p.read_text("utf-8"))["chart"] for p in GALLERY.glob("*.json")}
    assert charts == set(DRAWERS)
    page = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    shown = set(re.findall(r"\.\./figures/([\w-]+)\.png", page))
    assert {json.loads((GALLERY / f"{name}.json").read_text("utf-8"))["chart"] for name in shown} == set(DRAWERS)
