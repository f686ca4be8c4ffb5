"""Rows of two to four dots with intervals, one below the other: the charts of voices and of headlines are made of
them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.axis import Axis, say_number
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Block, Caption, foot_block, head_block
from framing.charts.interval_marks import (
    BEYOND,
    draw_name,
    draw_ticks,
    fit_rows,
    is_beyond,
    place_number,
    shape_of,
    wrap_names,
)
from framing.charts.interval_rows import Interval
from framing.charts.labels import clean, shorten
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend, say_thin, thin_evidence
from framing.charts.paired_table import PairedIntervals
from framing.charts.sheet import Sheet, mark, stroke
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_pairs(pairs: PairedIntervals, theme: Theme, caption: Caption, title: str, missing: str) -> Figure:
    """Draw one strip with a row for each outlet, in it a dot and a 95% interval for each series, in the same order.

    Parameters
    ----------
    title : str
        Where the caption has none.
    missing : str
        The note on what is not there.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled with the measure; alternative text in its label.
    """
    head = head_block(caption.title or title, caption.subtitle or pairs.subtitle, theme)
    layout = _Layout(pairs, head, missing, theme, caption)
    outlets = len(pairs.rows)
    return draw_figure(
        layout,
        theme,
        "Paired dot plot with 95% intervals",
        f"{clean(pairs.label)} in {outlets} outlet{'s' * (outlets != 1)}, {' against '.join(map(clean, pairs.series))}",
        caption.title,
    )


def series_colours(theme: Theme) -> tuple[str, ...]:
    """Return the fills of the series, in their order; every dot has an outline, so the lighter ones are seen too."""
    return (theme.accent, theme.series[1], theme.series[2], theme.series[3])


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, pairs: PairedIntervals, head: Block, missing: str, theme: Theme, caption: Caption) -> None:
        self.pairs, self.head, self.theme = pairs, head, theme
        self.fills = series_colours(theme)
        every = [interval for row in pairs.rows for interval in row.intervals]
        self.axis = _fit(pairs, every)
        entries = [
            Entry(clean(name), fill, theme.outline, round=True)
            for name, fill in zip(pairs.series, self.fills, strict=False)
        ]
        if any(i.status == INSUFFICIENT for i in every):
            entries.append(thin_evidence(theme))
        self.legend = layout_legend(entries, theme)
        notes = [missing] if any(i.status == UNDEFINED for i in every) else []
        if any(i.status == INSUFFICIENT for i in every):
            notes.append(say_thin(pairs.minimum))
        if any(row.apart for row in pairs.rows):
            first = clean(pairs.series[0])
            notes.append(f"Names in bold: {first} {'lie' if first.endswith('s') else 'lies'} clearly apart.")
        notes += [BEYOND] if any(is_beyond(i, self.axis) for i in every) else []
        self.foot = foot_block(caption, notes, theme)
        counts = [f"{i.articles:,}" for i in every] + ["articles"]
        self.count_width = max(text_width(text, theme.small, theme) for text in counts) + theme.small
        names = max(text_width(clean(row.outlet), theme.label, theme, bold=row.apart) for row in pairs.rows)
        self.name_width = min(names, theme.inner * 0.32) + theme.label * 0.8
        self.overhang = theme.small * 0.9  # of the numbers of the axis, beyond its ends
        self.strip = theme.inner - self.name_width - self.count_width - self.overhang
        self._place_rows()

    def _place_rows(self) -> None:
        theme, rows, lanes = self.theme, len(self.pairs.rows), len(self.pairs.series)
        self.legend_top = theme.margin + self.head.height + theme.label * 0.6
        self.top = self.legend_top + self.legend.height + theme.small * 1.9
        named = self.axis.low_name or self.axis.high_name
        self.below = theme.small * (3.4 if named else 2.1)
        fixed = self.top + self.below + theme.small * 0.8 + self.foot.height + theme.margin
        least = max(theme.small * 1.25, theme.label * LINE_HEIGHT * 2 / lanes) * lanes + theme.label * 0.5
        room = (theme.min_height - fixed) / rows
        self.pitch = min(max(room, least), 2 * least) if theme.min_height else least
        self.lane = (self.pitch - theme.label * 0.5) / lanes
        self.height = max(theme.min_height, fixed + rows * self.pitch)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme, axis = self.theme, self.axis
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, self.legend_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        left = theme.margin + self.name_width + self.count_width
        height = len(self.pairs.rows) * self.pitch
        right = left - theme.small
        sheet.text(right, self.top - theme.small * 0.5, "articles", theme.small, colour=theme.muted, align="right")
        axes = sheet.panel(left, self.top, self.strip, height, (axis.low, axis.high), self.pairs.label)
        ticks = axis.choose_ticks(self.strip, theme)
        for place, _ in ticks:
            zero = place == 0
            stroke(axes, (place, place), (0, height), theme.muted if zero else theme.faint, 0.8 if zero else 0.5)
        names = [row.outlet for row in self.pairs.rows]
        labels = wrap_names(names, self.name_width - theme.label * 0.8, len(self.pairs.series), theme)
        for index, (row, name) in enumerate(zip(self.pairs.rows, labels, strict=True)):
            middle = (index + 0.5) * self.pitch
            if index:
                rule = self.top + index * self.pitch
                sheet.line((theme.margin, theme.margin + theme.inner), (rule, rule), theme.faint, 0.5)
            draw_name(sheet, theme.margin, self.top + middle, name, bold=row.apart)
            for lane, (interval, fill) in enumerate(zip(row.intervals, self.fills, strict=False)):
                y = middle + (lane - (len(row.intervals) - 1) / 2) * self.lane
                self._draw_lane(sheet, axes, interval, fill, y, left)
        draw_ticks(sheet, axis, ticks, left, self.top + height + theme.small * 1.3, self.strip, self.overhang)
        base = self.top + height + theme.small * 2.6
        room = (self.strip - theme.small) / 2
        if axis.low_name:
            sheet.text(left, base, shorten(clean(axis.low_name), room, theme.small, theme), theme.small)
        if axis.high_name:
            end = shorten(clean(axis.high_name), room, theme.small, theme)
            sheet.text(left + self.strip, base, end, theme.small, align="right")

    def _draw_lane(self, sheet: Sheet, axes: Axes, interval: Interval, fill: str, y: float, left: float) -> None:
        theme = self.theme
        if interval.status == UNDEFINED:
            x = left + theme.small * 0.4
            style = {"colour": theme.muted, "italic": True, "masked": True}
            sheet.centred_text(x, self.top + y, "no evidence", theme.small, **style)
            return
        few = interval.status == INSUFFICIENT
        draw_dot(axes, self.axis, interval, fill, y, theme)
        colour = theme.muted if few else theme.ink
        text = f"{interval.articles:,}"
        sheet.centred_text(left - theme.small, self.top + y, text, theme.small, colour=colour, align="right")
        text = say_number(interval.value, self.pairs.percent)
        if self.pairs.scale is not None and interval.value > 0:
            text = f"+{text}"
        place = place_number(self.axis, interval, text, self.strip, theme, self.overhang)
        sheet.centred_text(left + place, self.top + y, text, theme.small, colour=colour, masked=True)


def draw_dot(axes: Axes, axis: Axis, interval: Interval, fill: str, y: float, theme: Theme) -> None:
    """Draw a dot of a series with its interval: hollow, on a grey line, where the evidence is insufficient; an arrow
    where the number is beyond the axis."""
    few = interval.status == INSUFFICIENT
    if interval.has_interval:
        ends = axis.clamp(interval.low), axis.clamp(interval.high)
        # Under the line of a light colour a darker one: its ends are seen on white.
        if not few:
            stroke(axes, ends, (y, y), theme.outline if not theme.dark else fill, 2.2)
        stroke(axes, ends, (y, y), theme.muted if few else fill, 0.8 if few else 1.4)
    shape = shape_of(interval, axis)
    place = axis.clamp(interval.value)
    if few:  # the rim alone says which series it is
        mark(axes, place, y, theme.label * 0.56, theme.paper, fill, 1.3, shape)
    else:
        mark(axes, place, y, theme.label * 0.62, fill, theme.outline, 0.6, shape)


def _fit(pairs: PairedIntervals, every: list[Interval]) -> Axis:
    if pairs.scale is not None:
        low, high, low_name, high_name = pairs.scale
        places = sorted({low, (low + high) / 2, high} | ({0.0} if low < 0 < high else set()))
        whole = [float(v) for v in range(int(low), int(high) + 1)] if high - low <= 6 else places
        ticks = tuple((v, "0" if v == 0 else f"{'−' if v < 0 else '+'}{abs(v):g}") for v in whole)
        return Axis(low, high, (ticks,), low_name, high_name)
    return fit_rows(every, pairs.percent)
