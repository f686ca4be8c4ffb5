"""Dictionaries of other programs, read and written: the table of contents.

| format | file | program |
|---|---|---|
| folder | lexicon.toml, terms.csv, examples.csv | this one |
| liwc | .dic | LIWC 2001 to 2015 and many published word lists |
| dicx | .dicx | LIWC-22 |
| quanteda | .yml, .yaml | quanteda |
| csv, tsv | .csv, .tsv, .tab | tables with the columns term, category, weight; the eMFD, known by its columns |
| list | .txt, .lst | one term a line |

Terms keep their words; how a program matches them is its own affair (here a hyphen also matches a space, and
possessives are ignored).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from framing.errors import InputError
from framing.formats import dicx, flat, folder, liwc, moral, quanteda
from framing.formats.dictionary import Dictionary, Entry, Group, read_text
from framing.formats.report import Finding, Findings, Report

__all__ = [
    "FORMATS",
    "Dictionary",
    "Entry",
    "Finding",
    "Group",
    "Report",
    "convert",
    "find_format",
    "read_dictionary",
    "write_dictionary",
]

FORMATS: dict[str, tuple[str, ...]] = {
    "folder": (),
    "liwc": (".dic",),
    "dicx": (".dicx",),
    "quanteda": (".yml", ".yaml"),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "list": (".txt", ".lst"),
}

_WRITERS: dict[str, Callable[[Dictionary, Findings], tuple[str, int]]] = {
    "liwc": liwc.write,
    "dicx": dicx.write,
    "quanteda": quanteda.write,
    "csv": lambda dictionary, findings: flat.write_table(dictionary, findings, tabs=False),
    "tsv": lambda dictionary, findings: flat.write_table(dictionary, findings, tabs=True),
    "list": flat.write_list,
}


def find_format(path: str | Path, format: str | None = None) -> str:
    """Return the format of a file: the one given, else by its name; what has no ending is a lexicon folder.

    Raises
    ------
    InputError
        The format is unknown, or the name does not tell it.
    """
    if format is not None:
        if format not in FORMATS:
            raise InputError(f"format {format!r} is unknown. Use one of: {', '.join(FORMATS)}.")
        return format
    path = Path(path)
    ending = path.suffix.casefold()
    if path.is_dir() or not ending:
        return "folder"
    for name, endings in FORMATS.items():
        if ending in endings:
            return name
    raise InputError(f"{path}: the ending {ending!r} tells no format. Say which one: {', '.join(FORMATS)}.")


def read_dictionary(
    path: str | Path,
    format: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    category: str | None = None,
    encoding: str | None = None,
) -> Dictionary:
    """Read a dictionary; what it holds beyond terms, categories and weights goes to its `findings`.

    Parameters
    ----------
    path : str or Path
    format : str, optional
        One of `FORMATS`; by default told by the name.
    columns : mapping, optional
        csv and tsv: the column that holds "term", "category", "weight", by heading or by number.
    category : str, optional
        csv, tsv and list: category of terms that name none; by default the name of the file.
    encoding : str, optional
        By default found out: byte order mark, UTF-8, else a guess, which is said.

    Raises
    ------
    InputError
        With file and line.
    """
    path = Path(path)
    name = find_format(path, format)
    if columns and name not in ("csv", "tsv"):
        raise InputError(f"{path}: columns can be mapped in csv and tsv files, not in {name}. Leave the mapping out.")
    if category and name not in ("csv", "tsv", "list"):
        raise InputError(f"{path}: a {name} file names its own categories. Leave the category out.")
    if name == "folder":
        return folder.read(path)
    text, dictionary = read_text(path, name, encoding)
    where = str(path)
    if name == "liwc":
        liwc.read(text, dictionary, where)
    elif name == "dicx":
        dicx.read(text, dictionary, where)
    elif name == "quanteda":
        quanteda.read(text, dictionary, where)
    elif name == "csv" and not columns and not category and moral.is_emfd(text):
        moral.read_emfd(text, dictionary, where)
    elif name == "list":
        flat.read_list(text, dictionary, where, category=category)
    else:
        flat.read_table(text, dictionary, where, tabs=name == "tsv", columns=columns, category=category)
    return dictionary


def write_dictionary(
    dictionary: Dictionary,
    path: str | Path,
    format: str | None = None,
    *,
    module: str = "naming",
    language: str | None = None,
    split: bool = False,
) -> Report:
    """Write a dictionary.

    Parameters
    ----------
    module, language : str
        Of a lexicon folder: the scoring module that it serves, and the language of its terms ("und" where nobody said).
        In the module "morality", virtues weigh 1 and vices -1 where categories are named so and the source has no
        weights.
    split : bool
        Write one lexicon folder for each category, so that a term may count in several of them.

    Returns
    -------
    Report
        What reading and writing could not keep.

    Raises
    ------
    InputError
        The target exists, or nothing can be written.
    """
    path = Path(path)
    name = find_format(path, format)
    findings = Findings()
    if split and name != "folder":
        raise InputError(f"{path}: only lexicon folders can be split by category, not {name}. Leave the split out.")
    read = len(dictionary.lexicon.terms) if dictionary.lexicon else len(dictionary.entries)
    if name == "folder":
        if module == "morality":
            moral.sign_vices(dictionary)
        written = folder.write(dictionary, path, findings, module=module, language=language, split=split)
        if dictionary.lexicon is None or split:
            findings = dictionary.findings + findings
    else:
        if path.exists():
            raise InputError(f"{path}: exists already. Choose another name.")
        text, written = _WRITERS[name](dictionary, findings)
        findings = dictionary.findings + findings
        if not written:
            raise InputError(f"{dictionary.name}: nothing to write{_reasons(findings)}. Check the source's format.")
        _save(path, text)
    return Report(Path(dictionary.name), path, "", name, dictionary.encoding, read, written, findings.collect())


def _reasons(findings: Findings) -> str:
    return "".join(f"; {finding}" for finding in findings.collect())


def _save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def convert(
    source: str | Path,
    target: str | Path,
    from_: str | None = None,
    to: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    category: str | None = None,
    encoding: str | None = None,
    module: str = "naming",
    language: str | None = None,
    split: bool = False,
) -> Report:
    """Read a dictionary in one format and write it in another; see `read_dictionary` and `write_dictionary`.

    Returns
    -------
    Report
        Everything that the target does not hold as the source did, by kind, with counts and examples.
    """
    from dataclasses import replace

    name = find_format(source, from_)
    find_format(target, to)  # a wrong target is said before a long read
    dictionary = read_dictionary(source, name, columns=columns, category=category, encoding=encoding)
    report = write_dictionary(dictionary, target, to, module=module, language=language, split=split)
    return replace(report, source=Path(source), from_=name)
