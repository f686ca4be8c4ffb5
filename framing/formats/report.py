"""What a conversion kept, changed and left out, by kind, with counts and the first examples."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SHOWN = 3  # examples printed of each kind
KEPT = 10  # examples kept of each kind
_LONGEST = 60  # characters of an example: it may quote a hostile file

# Kind: what happened to it, and why. "left out" is not in the target, "changed" is there but means something else than
# in the source, "said" is there as it was and worth knowing.
KINDS: dict[str, tuple[str, str]] = {
    "conditional": ("left out", "conditional category: another word decides whether it applies"),
    "uncategorised": ("left out", "term without a category"),
    "empty-category": ("left out", "category without a term"),
    "blocker": ("left out", "blocker (a term that only hides shorter ones): the target has none"),
    "any-name": ("left out", "form of a pattern with <Name>, which stands for any capitalised word"),
    "wildcard": ("left out", "term with a wildcard that the target does not have at this place"),
    "literal-wildcard": ("left out", "term with a plain ? that the target would read as a wildcard"),
    "signs": ("left out", "term with ( ) | or =, which mean something else in the pattern language"),
    "punctuation": ("left out", "term with punctuation, which the pattern language never matches"),
    "contraction": ("left out", "term that ends in 's, 'd, 'll, 'm, 're or 've, which the pattern language ignores"),
    "long": ("left out", "term with more words than the pattern language allows"),
    "target-syntax": ("left out", "term that the target would read as a comment or a condition"),
    "duplicate": ("merged", "the same term again in the same category"),
    "repeated": ("merged", "term on several lines: its categories are put together"),
    "conflict": ("merged", "the same term again in the same category with another weight: the first one stays"),
    "same-name": ("merged", "two category numbers of one name"),
    "alternatives": ("changed", "pattern written out as its literal forms"),
    "case": ("changed", "case-sensitive term: it now matches in any case"),
    "gate": ("changed", "category with a topic gate: it now counts in every article"),
    "possessive": ("changed", "possessive inside a phrase: also matches without the ending"),
    "weight": ("changed", "weight: the target has none"),
    "no-weight": ("changed", "term without a weight: the target needs one"),
    "foundations": (
        "changed",
        "word of several moral foundations: it counts for the most probable one, with that probability",
    ),
    "renamed": ("changed", "category name that the target does not allow"),
    "category": ("changed", "category: the target has none, all terms stand in one list"),
    "label": ("left out", "label of a category"),
    "kind": ("left out", "kind of referent or scale of a category"),
    "reason": ("left out", "note, basis and source of a term"),
    "example": ("left out", "example sentence"),
    "head": ("left out", "title, scale, version or licence of the lexicon"),
    "comment": ("left out", "comment line"),
    "several-categories": (
        "said",
        "term in several categories: in one lexicon only its first row counts; --split makes one lexicon a category",
    ),
    "vice": ("said", "category named as a vice: its terms weigh -1, those of virtues 1, all others 0"),
    "nested": ("said", "category inside another one: named PARENT.CHILD"),
    "plain-word": ("said", "unquoted word that YAML may read as true, false or nothing: read as the word"),
    "encoding": ("said", "encoding of the source, a guess: name it if letters look wrong"),
    "no-language": ("said", 'language is not stated by the source: lexicon.toml says "und"; correct it there'),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that a conversion has to say.

    Attributes
    ----------
    kind : str
        Key of `KINDS`.
    effect : str
        "left out", "merged", "changed" or "said".
    message : str
    count : int
        How often, at least 1.
    examples : tuple of str
        The first ones, in source order.
    """

    kind: str
    effect: str
    message: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        shown = "; ".join(printable(e) for e in self.examples[:SHOWN])
        more = "; ..." if self.count > SHOWN and shown else ""
        return f"{self.effect}: {self.count:,} x {self.message}{f': {shown}{more}' if shown else ''}"


class Findings:
    """Collects findings while a dictionary is read or written."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def add(self, kind: str, example: str, count: int = 1) -> None:
        """Note one more case of a kind; an example may stand for several cases."""
        if kind not in KINDS:
            raise KeyError(kind)
        self._counts[kind] = self._counts.get(kind, 0) + count
        examples = self._examples.setdefault(kind, [])
        if len(examples) < KEPT:
            examples.append(example if len(example) <= _LONGEST else example[: _LONGEST - 1] + "…")

    def __add__(self, other: Findings) -> Findings:
        total = Findings()
        for part in (self, other):
            for kind, count in part._counts.items():
                total._counts[kind] = total._counts.get(kind, 0) + count
                total._examples[kind] = (total._examples.get(kind, []) + part._examples[kind])[:KEPT]
        return total

    def collect(self) -> tuple[Finding, ...]:
        """Return the findings in the order of `KINDS`."""
        return tuple(
            Finding(kind, effect, message, self._counts[kind], tuple(self._examples[kind]))
            for kind, (effect, message) in KINDS.items()
            if kind in self._counts
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a conversion did.

    Attributes
    ----------
    source, target : Path
    from_, to : str
        Formats.
    encoding : str
        Of the source.
    read, written : int
        Pairs of term and category.
    findings : tuple of Finding
        Empty when the target holds all that the source held.
    """

    source: Path
    target: Path
    from_: str
    to: str
    encoding: str
    read: int
    written: int
    findings: tuple[Finding, ...]

    def __getitem__(self, kind: str) -> int:
        """Return how often a kind occurred, 0 for never."""
        return next((f.count for f in self.findings if f.kind == kind), 0)

    def __str__(self) -> str:
        head = (
            f"{self.source} ({self.from_}, {self.encoding}): {self.read:,} entries read; "
            f"{self.target} ({self.to}): {self.written:,} written"
        )
        return "\n".join([printable(head), *(f"  {finding}" for finding in self.findings)])

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data, for JSON."""
        return {
            "source": str(self.source),
            "target": str(self.target),
            "from": self.from_,
            "to": self.to,
            "encoding": self.encoding,
            "read": self.read,
            "written": self.written,
            "findings": [{**asdict(f), "examples": list(f.examples)} for f in self.findings],
        }


def printable(text: str) -> str:
    """Replace what a terminal would obey: the text may come from a hostile file."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
