"""The key of a chart: swatches with names, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framing.charts.fonts import text_width
from framing.charts.labels import clean, shorten
from framing.charts.sheet import Sheet
from framing.charts.theme import Theme

HATCH = "//////"


@dataclass(frozen=True, slots=True)
class Entry:
    """One swatch and what it stands for."""

    label: str
    fill: str
    edge: str
    hatch: str = ""
    round: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """Entries with their places: (entry, text, x, line)."""

    places: tuple[tuple[Entry, str, float, int], ...]
    lines: int
    theme: Theme

    @property
    def line_height(self) -> float:
        """Height of one line in points."""
        return self.theme.label * 1.5

    @property
    def height(self) -> float:
        """Height in points."""
        return self.lines * self.line_height

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw the key from the left margin."""
        theme = self.theme
        side = theme.label * 0.85
        for entry, text, x, line in self.places:
            middle = top + (line + 0.5) * self.line_height
            if entry.round:
                sheet.dot(x + side / 2, middle, side * 0.8, entry.fill, entry.edge)
            else:
                sheet.rectangle(x, middle - side / 2, side, side, entry.fill, entry.edge, entry.hatch)
            sheet.centred_text(x + side * 1.5, middle, text, theme.label)


def thin_evidence(theme: Theme) -> Entry:
    """Return the entry of hollow dots; `say_thin` says what they mean."""
    return Entry("insufficient evidence", theme.paper, theme.muted, round=True)


def say_thin(minimum: int) -> str:
    """Return the note on the status "insufficient": an outlet may have many articles, and few that carry the number."""
    return f"Insufficient: fewer than {minimum} articles, or too few that carry the number."


def layout_legend(entries: Sequence[Entry], theme: Theme) -> Legend:
    """Place the entries in lines of the full width; a label wider than that is shortened."""
    side = theme.label * 0.85
    gap = theme.label * 1.4
    places: list[tuple[Entry, str, float, int]] = []
    x, line = theme.margin, 0
    for entry in entries:
        text = shorten(clean(entry.label), theme.inner - side * 1.5, theme.label, theme)
        width = side * 1.5 + text_width(text, theme.label, theme)
        if x > theme.margin and x + width > theme.margin + theme.inner:
            x, line = theme.margin, line + 1
        places.append((entry, text, x, line))
        x += width + gap
    return Legend(tuple(places), line + 1 if places else 0, theme)
