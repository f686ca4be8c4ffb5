"""Which outlets word things alike? A map on which near means alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.label_places import Box, place_labels
from framing.charts.labels import clean, distinct_labels, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.outlet_map_table import MapAxis, MapPoint, OutletPlaces
from framing.charts.sheet import Sheet, bar, mark, stroke
from framing.charts.theme import Theme, mix

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MapAxis", "MapPoint", "OutletPlaces", "plot_map"]

NO_SIDES = "Only distances count: left, right, top and bottom come from the numbers alone and say nothing of politics."
_STEPS = 72  # of the line of an ellipse
_RINGS = (3, 4.5, 6, 8, 10, 13, 16)  # how far from its dot a name may stand where there is no room beside it, in radii
_ANGLES = 16
_AIR = 1.5  # points between two names
_DOT = 0.72  # of the label size
_SCALE = "1 half-width"
_KEY = "ellipses apart: outlets differ beyond chance"
_ALONG = 24  # places along a line at which it is tried whether it runs through anything
_HIGH = (0.95, 0.62)  # of the width: the map at most, in a narrow figure and in a wide one
_WIDE_EM = 45  # of the label size
_LONGEST_EM = 16  # of the label size: the names


def plot_map(places: OutletPlaces, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw each outlet as a dot with its ellipse, the same scale both ways, and say below what the directions mean.

    Takes finished places; computes no statistic, saves nothing, touches no global state (no pyplot). Outlets with too
    little evidence are named in grey, with hollow dots, and have no place. With fewer than three outlets there is no
    map: the chart says so.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled "map", in typical margins of error across and points down; none without a map. Alternative
        text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(places, theme, caption)
    number = len(places.points)
    return draw_figure(
        layout,
        theme,
        "Map with regions of uncertainty",
        f"{number} outlet{'s' * (number != 1)} by {places.measures} measure{'s' * (places.measures != 1)}, near where "
        "they word things alike",
        caption.title,
    )


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, places: OutletPlaces, theme: Theme, caption: Caption) -> None:
        self.places, self.theme = places, theme
        title = caption.title or "Which outlets word things alike"
        self.head = head_block(title, caption.subtitle or places.subtitle, theme)
        hollow = [*places.unplaced, *([] if places.enough else [p.outlet for p in places.points])]
        names = distinct_labels(hollow, theme.inner * 0.45, theme.label, theme)
        ending = " (not placed: too few articles)" if places.enough else ""
        entries = [Entry(name + ending * (n == len(names) - 1), theme.paper, theme.muted, round=True)
                   for n, name in enumerate(names)]  # fmt: skip
        self.legend = layout_legend(entries, theme)
        self.line = mix(theme.accent, theme.paper, 0.45)
        self.directions = self._say_directions() if places.enough else []
        self.notes = [NO_SIDES] if places.enough else []
        self.foot = foot_block(caption, self.notes, theme)
        self._place_map()
        self.names: list[_Name] = []
        nameless = self._place_names() if places.enough else ""
        if nameless:
            before = self.foot.height
            self.foot = foot_block(caption, [*self.notes, nameless], theme)
            self.height += self.foot.height - before

    def _say_directions(self) -> list[tuple[str, list[str]]]:
        theme, found = self.theme, []
        for axis, name, high, low in (
            (self.places.across, "Across", "Right", "left"),
            (self.places.up, "Upwards", "Top", "bottom"),
        ):
            parts = []
            if axis.high:
                parts.append(f"{high}: higher in {', '.join(map(clean, axis.high))}")
            if axis.low:
                side = low if parts else low.capitalize()
                parts.append(f"{side}: higher in {', '.join(map(clean, axis.low))}")
            text = "; ".join(parts) or "nothing in particular"
            heading = f"{name} ({100 * axis.share:.0f}% of the differences)"
            found.append((heading, wrap(text, theme.inner, theme.small, theme)))
        return found

    def _place_map(self) -> None:
        theme, points = self.theme, self.places.points
        self.key_top = theme.margin + self.head.height + theme.label * 0.6
        self.legend_top = self.key_top + theme.label * 1.5 * self.places.enough
        self.top = self.legend_top + self.legend.height + theme.label * 0.4
        # The lines on the directions, and the source.
        words = sum(theme.small * LINE_HEIGHT * (len(lines) + 1.25) for _, lines in self.directions)
        fixed = self.top + words + theme.label * 1.2 + self.foot.height + theme.margin
        self.map_height = 0.0
        if self.places.enough:
            outlines = [outline(p) for p in points]
            xs = [x for line in outlines for x, _ in line]
            ys = [y for line in outlines for _, y in line]
            wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
            highest = theme.inner * _HIGH[theme.inner > _WIDE_EM * theme.label]
            room = max(theme.min_height - fixed, theme.inner * 0.42) if theme.min_height else highest
            label = theme.label * 2.2  # above and below for names
            self.scale = min((theme.inner - 2 * label) / wide, (room - 2 * label) / high)
            self.map_height = high * self.scale + 2 * label
            middle = (max(xs) + min(xs)) / 2
            half = theme.inner / self.scale / 2
            self.limits = middle - half, middle + half
            self.highest = max(ys) + label / self.scale
        self.words_top = self.top + self.map_height + theme.label * 0.4
        self.height = max(theme.min_height, fixed + self.map_height)

    def _to_points(self, x: float, y: float) -> tuple[float, float]:
        """Return points from the panel's corner."""
        return (x - self.limits[0]) * self.scale, (self.highest - y) * self.scale

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, self.legend_top)
        if self.places.enough:
            self._draw_key(sheet)
            self._draw_map(sheet)
            base = self.words_top
            for heading, lines in self.directions:
                base += theme.small * LINE_HEIGHT * 1.25
                sheet.text(theme.margin, base, heading, theme.small, bold=True)
                for line in lines:
                    base += theme.small * LINE_HEIGHT
                    sheet.text(theme.margin, base, line, theme.small)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)

    def _draw_key(self, sheet: Sheet) -> None:
        """Draw what an ellipse means, beside a small one."""
        theme, (wide, high) = self.theme, (self.theme.label * 1.6, self.theme.label * 0.9)
        x, y = theme.margin + wide / 2 + 0.5, self.key_top + theme.label * 0.75
        turns = [2 * math.pi * step / _STEPS for step in range(_STEPS + 1)]
        xs, ys = [x + wide / 2 * math.cos(t) for t in turns], [y + high / 2 * math.sin(t) for t in turns]
        sheet.line(xs, ys, self.line, 0.8)
        sheet.dot(x, y, theme.label * 0.36, theme.accent, theme.accent)
        text = shorten(_KEY, theme.inner - wide - theme.label * 0.6, theme.label, theme)
        sheet.centred_text(theme.margin + wide + theme.label * 0.6, y, text, theme.label)

    def _place_names(self) -> str:
        """Find room for the names; return which outlets have none, "" where all have."""
        theme, points = self.theme, self.places.points
        names = distinct_labels([p.outlet for p in points], _LONGEST_EM * theme.label, theme.label, theme)
        dots = [self._to_points(p.x, p.y) for p in points]
        area = 0.0, 0.0, theme.inner, self.map_height
        high, radius = theme.label * 1.15, theme.label * _DOT / 2
        bar = max(self.scale, text_width(_SCALE, theme.small, theme))
        taken = [(0.0, self.map_height - theme.small * 2.2, bar, self.map_height)]
        # Who stands out first: far from the middle there is room.
        left = sorted(range(len(points)), key=lambda n: (-math.hypot(points[n].x, points[n].y), points[n].outlet))
        sizes = [(text_width(name, theme.label, theme), high) for name in names]

        def put(n: int, x: float, y: float, near: tuple[float, float] | None = None) -> None:
            right = x + sizes[n][0]
            taken.append((x, y, right, y + high))
            if near is not None:  # no other name lies on the line
                leading.extend((px, py, px, py) for px, py in _along(dots[n], near))
            self.names.append(_Name(names[n], x, right - x, y + high * 0.82, n, near))

        leading: list[Box] = []
        order = list(left)
        traced = [self._to_points(*place) for point in points for place in outline(point)]
        lines = [(x - 1, y - 1, x + 1, y + 1) for x, y in traced]
        for kept_off in ([*taken, *lines], taken):  # first off the ellipses, then where there is room
            rest = [n for n in order if n not in {name.point for name in self.names}]
            others = [n for n in order if n not in rest]
            places = place_labels([dots[n] for n in [*rest, *others]], [sizes[n] for n in rest], area, radius,
                                  taken=list(kept_off))  # fmt: skip
            for spot in places:
                put(rest[spot.index], spot.left, spot.top)
        left = [n for n in order if n not in {name.point for name in self.names}]
        taken += [(x - radius, y - radius, x + radius, y + radius) for x, y in dots]
        for n in order:  # a little further off, with a line from the dot to its name
            place = _find_room(dots[n], sizes[n], area, taken, leading, radius) if n in left else None
            if place is not None:
                put(n, *place)
        left = [n for n in order if n not in {name.point for name in self.names}]
        if not left:
            return ""
        without = ", ".join(sorted(clean(points[n].outlet) for n in left))
        return shorten(f"Without room for a name: {without}", 6 * theme.inner, theme.small, theme) + "."

    def _draw_map(self, sheet: Sheet) -> None:
        theme, points = self.theme, self.places.points
        axes = sheet.panel(theme.margin, self.top, theme.inner, self.map_height, self.limits, "map")
        x0, y0 = self._to_points(0, 0)
        if 0 < x0 < theme.inner:
            stroke(axes, (0, 0), (0, self.map_height), theme.faint, 0.6)
        if 0 < y0 < self.map_height:
            stroke(axes, self.limits, (y0, y0), theme.faint, 0.6)
        for point in points:
            around = [(x, self._to_points(x, y)[1]) for x, y in outline(point)]
            stroke(axes, [x for x, _ in around], [y for _, y in around], self.line, 0.8)
        for name in self.names:
            if name.near is not None:  # a thin line leads from the dot to its name
                point = points[name.point]
                ends = point.x, self.limits[0] + name.near[0] / self.scale
                stroke(axes, ends, (self._to_points(point.x, point.y)[1], name.near[1]), theme.muted, 0.5)
            # A ground no higher than the letters hides as little of the ellipses as can be.
            ground = self.limits[0] + name.left / self.scale, name.base - theme.label * 0.34, name.wide / self.scale
            bar(axes, *ground, theme.label * 0.8, theme.paper, "none", line=0, above=True)
            sheet.text(theme.margin + name.left, self.top + name.base, name.text, theme.label)
        for point in points:
            y = self._to_points(point.x, point.y)[1]
            mark(axes, point.x, y, theme.label * _DOT, theme.accent, theme.outline, 0.6, above=2)
        base = self.map_height - theme.small * 0.6
        stroke(axes, (self.limits[0], self.limits[0] + 1), (base, base), theme.ink, 1.2)
        sheet.text(theme.margin, self.top + base - theme.small * 0.5, _SCALE, theme.small, colour=theme.muted)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name on the map: where it begins, how wide, whose, and where a line from its dot ends, if one is drawn."""

    text: str
    left: float
    wide: float
    base: float
    point: int
    near: tuple[float, float] | None


def _find_room(
    dot: tuple[float, float],
    size: tuple[float, float],
    area: Box,
    taken: Sequence[Box],
    leading: Sequence[Box],
    radius: float,
) -> tuple[float, float, tuple[float, float]] | None:
    """Return the corner of the nearest free box around a dot, and where a line ends that leads to it through no dot and
    no name; None where there is none near. `leading` are places on lines, on which no name may stand."""
    others = [b for b in taken if not (b[0] <= dot[0] <= b[2] and b[1] <= dot[1] <= b[3])]
    for ring in _RINGS:
        for step in range(_ANGLES):
            angle = 2 * math.pi * step / _ANGLES
            x, y = dot[0] + ring * radius * math.cos(angle), dot[1] + ring * radius * math.sin(angle)
            left = x - size[0] / 2 + size[0] / 2 * math.cos(angle)
            top = y - size[1] / 2 + size[1] / 2 * math.sin(angle)
            right, bottom = left + size[0], top + size[1]
            if left < area[0] or top < area[1] or right > area[2] or bottom > area[3]:
                continue
            if not any(left < b[2] + _AIR and b[0] < right + _AIR and top < b[3] + _AIR and b[1] < bottom + _AIR
                       for b in (*taken, *leading)):  # fmt: skip
                for end in _ends((left, top, right, bottom), dot):
                    line = _along(dot, end)
                    if not any(b[0] - 1 <= x <= b[2] + 1 and b[1] <= y <= b[3] for x, y in line for b in others):
                        return left, top, end
    return None


def _ends(box: Box, dot: tuple[float, float]) -> list[tuple[float, float]]:
    """Return places on the edge of a box at which a line from a dot may end, the nearest first."""
    y = min(max(dot[1], box[1]), box[3])
    xs = [min(max(dot[0], box[0]), box[2]), *(box[0] + part * (box[2] - box[0]) for part in (0.1, 0.3, 0.5, 0.7, 0.9))]
    return sorted(((x, y) for x in xs), key=lambda end: math.dist(end, dot))


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Return places along a line, its end left out."""
    parts = [n / _ALONG for n in range(_ALONG)]
    return [(start[0] + p * (end[0] - start[0]), start[1] + p * (end[1] - start[1])) for p in parts]


def outline(point: MapPoint) -> list[tuple[float, float]]:
    """Return the line of an outlet's ellipse."""
    (ax, ay), (bx, by) = point.half_axes
    found = []
    for step in range(_STEPS + 1):
        angle = 2 * math.pi * step / _STEPS
        c, s = math.cos(angle), math.sin(angle)
        found.append((point.x + ax * c + bx * s, point.y + ay * c + by * s))
    return found
