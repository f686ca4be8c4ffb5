"""From a layout to a figure: what every chart does once it knows where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from framing.charts.footer import describe
from framing.charts.settings import own_settings
from framing.charts.sheet import Sheet
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Layout(Protocol):
    """Where everything stands, worked out before the figure exists, because its height depends on it."""

    height: float

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of that height."""
        ...


def draw_figure(layout: Layout, theme: Theme, kind: str, data: str, point: str) -> Figure:
    """Draw a layout on a sheet that is as high as it needs.

    Parameters
    ----------
    kind, data, point : str
        For the alternative text; see `footer.describe`.
    """
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    describe(sheet.figure, kind, data, point)
    return sheet.figure
