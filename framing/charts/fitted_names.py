"""Names that have to fit: in a slightly smaller size where that saves them from being cut."""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts.fonts import text_width
from framing.charts.labels import clean, distinct_labels
from framing.charts.theme import Theme


def fit_names(names: Sequence[object], width: float, theme: Theme, bold: bool = False) -> list[tuple[str, float]]:
    """Return each name with the size in which it is at most `width` points wide.

    Names are as large as labels, or smaller, down to the size of counts, where they then stand in full. Those that are
    too long even so are shortened, no two alike, in the size of labels.
    """
    whole = [clean(name) for name in names]
    cut = _shorten(names, width, theme, bold)
    fitted = []
    for name, short in zip(whole, cut, strict=True):
        wide = text_width(name, theme.label, theme, bold)
        size = theme.label * min(1.0, 0.995 * width / wide) if wide else theme.label
        fitted.append((name, size) if size >= theme.small else (short, theme.label))
    return fitted


def _shorten(names: Sequence[object], width: float, theme: Theme, bold: bool) -> list[str]:
    """Shorten names as `distinct_labels` does, so that they fit in bold too."""
    room = width
    for _ in range(20):
        labels = distinct_labels(names, room, theme.label, theme)
        widest = max(text_width(label, theme.label, theme, bold=bold) for label in labels)
        if widest <= width:
            break
        room = min(room * 0.97, room * width / widest + theme.label * 0.5)
    return labels
