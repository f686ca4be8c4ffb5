"""quanteda dictionaries (YAML): nested keys with lists of glob patterns, * for any letters and ? for one.

Nested keys are flattened as quanteda does, "parent.child", and nested again on writing. Terms that a parent holds
beside its children stand under the key "__".
"""

from __future__ import annotations

from framing.errors import InputError
from framing.formats import yaml_subset
from framing.formats.dictionary import OWN, Dictionary
from framing.formats.report import Findings
from framing.formats.yaml_subset import Tree


def read(text: str, dictionary: Dictionary, where: str) -> None:
    """Fill a dictionary from YAML.

    Raises
    ------
    InputError
        YAML beyond mappings, lists and scalars, with its line; or keys that clash when they are flattened.
    """
    tree, special = yaml_subset.parse(text, where)
    dictionary.wildcards = "*?"
    for word in special:
        dictionary.findings.add("plain-word", word)
    _walk(tree, (), dictionary, where)


def _walk(tree: dict[str, Tree], path: tuple[str, ...], dictionary: Dictionary, where: str) -> None:
    for name, value in tree.items():
        name = " ".join(name.split())
        inner = path if name == OWN and path and isinstance(value, list) else (*path, name)
        if isinstance(value, dict):
            _walk(value, inner, dictionary, where)
            continue
        key = dictionary.enter_group(inner, where)
        if len(inner) > 1:
            dictionary.findings.add("nested", key)
        for term in value:
            if not term.strip():
                raise InputError(f"{where}: an empty term in {key!r}. Remove it.")
            dictionary.add(term, key, where=where)


def write(dictionary: Dictionary, findings: Findings) -> tuple[str, int]:
    """Write a dictionary as YAML; returns it with the number of pairs of term and category."""
    dictionary.drop_labels(findings)
    terms: dict[tuple[str, ...], list[str]] = {g.path: [] for g in dictionary.groups.values()}
    entries = dictionary.check_wildcards(findings, "*?")
    for entry in entries:
        terms[dictionary.groups[entry.category].path].append(entry.term)
        if entry.weight == entry.weight:
            findings.add("weight", f"{entry.term} {entry.weight:g}")
    tree: dict[str, Tree] = {}
    parents = {path[:n] for path in terms for n in range(1, len(path))}
    for path, own in terms.items():
        if path in parents and not own:
            continue
        node = tree
        for name in path if path in parents else path[:-1]:
            inner = node.setdefault(name, {})
            assert isinstance(inner, dict)
            node = inner
        node[OWN if path in parents else path[-1]] = own
    return "\n".join([*yaml_subset.write(tree), ""]), len(entries)
