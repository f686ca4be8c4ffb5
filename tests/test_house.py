"""Tests that hold the house together."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import framing
from framing.cli import cli
from framing.lexicon import Lexicon, list_lexicons, read_lexicon, read_lexicons
from framing.lexicon_checks import MIN_EXAMPLES, run_examples
from framing.scorers import SCORERS

ROOT = Path(__file__).resolve().parents[1]

# Ground floor first; what stands on one floor may import from the floors below and from its own package.
FLOORS = [
    {"errors", "memory", "text"},
    {"lexicon", "measure"},
    {"trie", "syllables", "vader", "voice"},
    {"matching"},
    {"annotation", "lexicon_checks", "ingest"},
    {"harm", "loaded", "numbers", "rows", "target", "corpus", "formats"},
    {"scorers"},
    {"store", "view"},
    {"engine"},
    {"phrases"},
    {"kwic", "statistics"},
    {"charts", "guides", "score", "validation"},
    {"comparisons", "discovery"},
    {"report"},
    {"analysis"},
    {"cli"},
    {"__init__", "__main__"},
]
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}


def imports(path: Path) -> list[tuple[str, int]]:
    """Return (module, line) of all imports of this package outside `if TYPE_CHECKING`, those inside functions
    included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.dump(branch.test)
        for node in ast.walk(branch)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "framing":
            parts = node.module.split(".")
            names = [parts[1]] if len(parts) > 1 else [a.name for a in node.names]
            found += [(name, node.lineno) for name in names]
        elif isinstance(node, ast.Import):
            found += [(a.name.split(".")[1], node.lineno) for a in node.names if a.name.startswith("framing.")]
    return found


def test_no_import_points_up() -> None:
    wrong = []
    for path in sorted((ROOT / "framing").rglob("*.py")):
        room = path.relative_to(ROOT / "framing").parts[0].removesuffix(".py")
        for target, line in imports(path):
            if target != room and FLOOR_OF[target] >= FLOOR_OF[room]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {target}")
    assert not wrong


def test_scorers_do_not_import_each_other_and_are_all_listed() -> None:
    files = {p.stem for p in (ROOT / "framing" / "scorers").glob("*.py")} - {"__init__", "counts"}
    assert files == set(SCORERS)
    for name in files:
        text = (ROOT / "framing" / "scorers" / f"{name}.py").read_text(encoding="utf-8")
        assert not any(f"framing.scorers.{other}" in text for other in files)


@pytest.mark.parametrize("path", list_lexicons(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_lexicon_has_provenance_and_examples(path: Path) -> None:
    lexicon = read_lexicon(path)
    assert len(lexicon.examples) >= MIN_EXAMPLES
    traps = sum(is_trap(lexicon, number) for number in range(len(lexicon.examples)))
    assert traps >= len(lexicon.examples) / 2
    assert lexicon.scale_meaning and lexicon.licence and (lexicon.sources or lexicon.module != "naming")
    for term in lexicon.terms:
        assert term.basis != "source" or term.source in lexicon.sources
    failed = [r for r in run_examples(lexicon) if not r.passed]
    assert not failed


@pytest.mark.parametrize("module", ["agency", "casualties", "certainty", "frames", "loaded", "morality", "toward"])
def test_half_of_the_examples_expect_nothing(module: str) -> None:
    for lexicon in read_lexicons(module=module):
        traps = sum(not example.expected for example in lexicon.examples)
        assert traps >= len(lexicon.examples) / 2, lexicon.name


def is_trap(lexicon: Lexicon, number: int) -> bool:
    """Whether an example checks what must not be found: nothing expected, or a blocker of the lexicon stands in it."""
    example = lexicon.examples[number]
    return not example.expected or (example.category != "*" and len(example.expected) < 2)


def test_the_lexicons_are_as_many_as_promised() -> None:
    lexicons = [read_lexicon(p) for p in list_lexicons("naming")]
    assert len(lexicons) >= 15
    assert sum(len(x.categories) for x in lexicons) >= 120
    assert sum(not t.blocker for x in lexicons for t in x.terms) >= 1200


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in cli.commands:
        assert f"framing {name}" in readme, name


def test_public_names_exist_and_are_few() -> None:
    assert len(framing.__all__) <= 14
    for name in framing.__all__:
        assert getattr(framing, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        framing.nothing  # noqa: B018


def test_help_and_import_load_nothing_heavy() -> None:
    heavy = "nltk matplotlib textstat vaderSentiment pyarrow numpy scipy jinja2".split()
    code = "import sys, framing, framing.cli; print([m for m in sys.argv[1:] if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_stub_is_left_in_the_package() -> None:
    for path in (ROOT / "framing").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in ("NotImplementedError", "TODO", "FIXME", "XXX"):
            assert not re.search(rf"\b{word}\b", text), path
