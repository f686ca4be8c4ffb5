"""Which frames do an outlet's words cue? A panel for each outlet, in it the share of each frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.frames_table import FrameProfile, FrameProfiles
from framing.charts.interval_marks import BEYOND, draw_interval, draw_name, draw_ticks, is_beyond
from framing.charts.labels import clean, distinct_labels, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import layout_legend, say_thin, thin_evidence
from framing.charts.sheet import Sheet, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FrameProfile", "FrameProfiles", "plot_frames"]

_LEAST_EM = 8.5  # of the label size: a strip narrower than this shows nothing
_MOST_COLUMNS = 4


def plot_frames(frames: FrameProfiles, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one panel per outlet with a dot and a 95% interval for each frame, all on one axis.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). An upright tick
    marks the mean of the outlets. Shares of insufficient evidence are hollow and grey; an outlet without any cue says
    "no evidence". The names of the frames stand once, left of each band of panels.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per outlet, labelled with its name; alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(frames, theme, caption)
    outlets, number = len(frames.profiles), len(frames.frames)
    return draw_figure(
        layout,
        theme,
        "Small multiples of dots with 95% intervals",
        f"the shares of {number} frame{'s' * (number != 1)} in {outlets} outlet{'s' * (outlets != 1)}",
        caption.title,
    )


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, frames: FrameProfiles, theme: Theme, caption: Caption) -> None:
        self.frames, self.theme = frames, theme
        every = [i for p in frames.profiles for i in p.intervals]
        self.head = head_block(
            caption.title or f"{frames.title} by outlet",
            caption.subtitle or frames.subtitle,
            theme,
        )
        self.axis = _fit(frames)
        few = any(i.status == INSUFFICIENT for i in every)
        self.legend = layout_legend([thin_evidence(theme)] if few else [], theme)
        notes = ["No evidence: no cue of any of these frames."] if any(i.status == UNDEFINED for i in every) else []
        if few:
            notes.append(say_thin(frames.minimum))
        notes += [BEYOND] if any(is_beyond(i, self.axis) for i in every) else []
        notes += ["In bold: the widest gap between two outlets’ intervals."] if frames.stressed else []
        self.foot = foot_block(caption, notes, theme)
        self._place_columns()
        self._place_rows()

    def _is_stressed(self, frame: str) -> bool:
        return frame == self.frames.stressed

    def _place_columns(self) -> None:
        theme, outlets = self.theme, self.frames.profiles
        names = max(text_width(clean(f), theme.label, theme, self._is_stressed(f)) for f in self.frames.frames)
        self.name_width = min(names, theme.inner * 0.38) + theme.label * 0.8
        self.gap = theme.label * 1.7
        self.overhang = theme.label * 0.5  # of the numbers of an axis, beyond its ends
        room = theme.inner - self.name_width - self.overhang
        fits = int((room + self.gap) // (_LEAST_EM * theme.label + self.gap))
        columns = max(1, min(fits, len(outlets), _MOST_COLUMNS))
        bands = -(-len(outlets) // columns)
        self.columns = -(-len(outlets) // bands)  # bands of like length
        self.strip = (room - self.gap * (self.columns - 1)) / self.columns
        self.bands = [range(i, min(i + self.columns, len(outlets))) for i in range(0, len(outlets), self.columns)]

    def _place_rows(self) -> None:
        theme = self.theme
        width = self.name_width - theme.label * 0.8
        self.labels = [
            wrap(clean(f), width, theme.label, theme, self._is_stressed(f), max_lines=2) for f in self.frames.frames
        ]
        whole = distinct_labels([p.outlet for p in self.frames.profiles], 1.9 * self.strip, theme.label, theme)
        self.titles = [wrap(name, self.strip, theme.label, theme, bold=True, max_lines=3) for name in whole]
        tight = len(self.labels) > 8  # three bands of fourteen frames still go on a page
        self.heights = [theme.label * ((0.2 if tight else 0.45) + 1.2 * len(lines)) for lines in self.labels]
        self.heads = [
            theme.label * (0.9 + LINE_HEIGHT * max(len(self.titles[n]) for n in band)) + theme.small * 1.9
            for band in self.bands
        ]
        self.axis_height = theme.small * 2.1
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        below = theme.small * 0.8 + self.foot.height + theme.margin
        fixed = self.top + sum(self.heads) + len(self.bands) * self.axis_height + below
        spare = theme.min_height - fixed - len(self.bands) * sum(self.heights)
        if spare > 0:  # a figure of fixed height: rows part, up to twice as far
            each = min(spare / len(self.bands) / len(self.heights), theme.label * 1.7)
            self.heights = [height + each for height in self.heights]
        self.height = max(theme.min_height, fixed + len(self.bands) * sum(self.heights))

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        for band, head in zip(self.bands, self.heads, strict=True):
            self._draw_names(sheet, top + head)
            for column, index in enumerate(band):
                left = theme.margin + self.name_width + column * (self.strip + self.gap)
                self._draw_title(sheet, index, left, top + head)
                self._draw_panel(sheet, self.frames.profiles[index], left, top + head)
            top += head + sum(self.heights) + self.axis_height

    def _draw_names(self, sheet: Sheet, top: float) -> None:
        theme, y = self.theme, top
        for frame, lines, high in zip(self.frames.frames, self.labels, self.heights, strict=True):
            draw_name(sheet, theme.margin, y + high / 2, lines, bold=self._is_stressed(frame))
            y += high

    def _draw_title(self, sheet: Sheet, index: int, left: float, bottom: float) -> None:
        theme, profile = self.theme, self.frames.profiles[index]
        articles = max(i.articles for i in profile.intervals)
        base = bottom - theme.small * 0.6
        text = f"{articles:,} article{'s' * (articles != 1)}"
        sheet.text(left, base, text, theme.small, colour=theme.muted)
        base -= theme.small * 1.3
        lines = self.titles[index]
        for number, line in enumerate(lines):
            sheet.text(left, base - (len(lines) - 1 - number) * theme.label * LINE_HEIGHT, line, theme.label, bold=True)

    def _draw_panel(self, sheet: Sheet, profile: FrameProfile, left: float, top: float) -> None:
        theme, axis, height = self.theme, self.axis, sum(self.heights)
        axes = sheet.panel(left, top, self.strip, height, (axis.low, axis.high), profile.outlet)
        ticks = axis.choose_ticks(self.strip, theme)
        for place, _ in ticks:
            zero = place == 0
            stroke(axes, (place, place), (0, height), theme.muted if zero else theme.faint, 0.8 if zero else 0.5)
        draw_ticks(sheet, axis, ticks, left, top + height + theme.small * 1.3, self.strip, self.overhang)
        if all(i.status == UNDEFINED for i in profile.intervals):
            sheet.centred_text(left + theme.small * 0.4, top + height / 2, "no evidence", theme.small,
                               colour=theme.muted, italic=True, masked=True)  # fmt: skip
            return
        y = 0.0
        for interval, mean, high in zip(profile.intervals, self.frames.means, self.heights, strict=True):
            middle = y + high / 2
            stroke(axes, (axis.low, axis.high), (middle, middle), theme.faint, 0.4)
            if not math.isnan(mean) and axis.low <= mean <= axis.high:
                reach = theme.label * 0.62
                stroke(axes, (mean, mean), (middle - reach, middle + reach), theme.muted, 1.2)
            if interval.status != UNDEFINED:
                draw_interval(axes, axis, interval, middle, theme.label * 0.6, theme, above=1)
            y += high


def _fit(frames: FrameProfiles) -> Axis:
    every = [i for p in frames.profiles for i in p.intervals]
    enough = [bound for i in every if i.status == OK for bound in (i.value, i.low, i.high)]
    if not enough:
        return fit_axis([0.0, *(bound for i in every for bound in (i.value, i.low, i.high))], percent=True)
    return fit_axis([*enough, 0.0], [i.value for i in every if i.status != OK], percent=True)
