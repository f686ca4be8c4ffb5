"""Themes: the sizes and colours of a chart, as values.

Colours of series are those of Okabe & Ito (2008), "Color Universal Design"; colours of two sides, and of what lies
above or below a middle, are ColorBrewer's PuOr. Both stay apart under the three common colour-vision deficiencies,
which the tests simulate. Only some reach 3:1 against white, so every filled mark is drawn with an outline. No chart
shows more than five series.

References
----------
Harrower & Brewer (2003), ColorBrewer.org, The Cartographic Journal 40(1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from framing.errors import InputError

POINTS_PER_MM = 72 / 25.4
SMALLEST_PT = 6.0  # below this, print is not legible (Nature asks for 5-7 pt)
PRINT_WIDTHS_MM = (89.0, 120.0, 183.0)  # one column of a journal, one and a half, two
NARROWEST_MM = 80.0  # two panels side by side, with their counts, need this much
WIDEST_MM = 600.0

# Blue first: it stands alone in charts of one series. Vermilion and yellow are left out: the one reads as alarm,
# the other is faint.
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")
MAX_SERIES = len(OKABE_ITO)

# PuOr with eleven classes, from its middle outwards. Its two darkest ends are left out: black figures cannot be read on
# them, and white ones need no darker ground. On dark paper the ends are its light shades: what stands out is what lies
# far from the middle.
_PURPLE = ("#FFFFFF", "#D8DAEB", "#B2ABD2", "#8073AC", "#542788")
_ORANGE = ("#FFFFFF", "#FEE0B6", "#FDB863", "#E08214", "#B35806")
_DARK_PAPER = "#16181B"
_DARK_PURPLE = (_DARK_PAPER, "#4A2480", "#654F9C", "#8577BA", "#B2ABD2")
_DARK_ORANGE = (_DARK_PAPER, "#7F3B08", "#B35806", "#E08214", "#FDB863")


@dataclass(frozen=True, slots=True)
class Theme:
    """How a chart looks.

    Attributes
    ----------
    name : str
    width_mm : float
        Width of the figure, 80 to 600.
    min_height_mm : float
        The figure is at least this high, and higher where its rows need it; 0 for as high as its rows.
    dpi : float
        Pixels per inch of a PNG.
    title, subtitle, label, small : float
        Font sizes in points, at least 6. `label` names outlets, `small` is for axes, counts and footer.
    margin : float
        White space on every side, in points.
    weight : float
        How many times as wide as on paper lines and outlines are.
    fonts : tuple of str
        Font families in order of preference. DejaVu Sans comes with matplotlib, so the same bytes are drawn
        everywhere; it has Latin, Greek, Cyrillic and Arabic but no Chinese, Japanese or Korean. No theme names a
        family for these that may be installed or not: bytes would depend on the machine. Add yours, and its glyphs
        are taken where DejaVu Sans has none: `replace(theme, fonts=(*theme.fonts, "Noto Sans CJK SC"))`. An SVG with
        real text names such families anyway: there whoever shows the file chooses.
    paper, ink, muted, faint : str
        Background, text, secondary text, guide lines. `muted` on `paper` has a contrast of at least 4.5:1.
    outline : str
        Edge of filled marks.
    accent : str
        Marks of a chart of one series.
    series : tuple of str
        At most five colours.
    above, below : tuple of str
        Colours of what lies above and below a middle, from the middle outwards; their ends are the two sides' colours.
    other : str
        Fill of what is gathered as "other".
    dark : bool
    """

    name: str
    width_mm: float
    min_height_mm: float = 0.0
    dpi: float = 300.0
    title: float = 9.5
    subtitle: float = 7.5
    label: float = 7.5
    small: float = 6.5
    margin: float = 4.0
    weight: float = 1.0
    fonts: tuple[str, ...] = ("DejaVu Sans",)
    paper: str = "#FFFFFF"
    ink: str = "#222222"
    muted: str = "#666666"
    faint: str = "#DDDDDD"
    outline: str = "#222222"
    accent: str = OKABE_ITO[0]
    series: tuple[str, ...] = OKABE_ITO
    above: tuple[str, ...] = _PURPLE
    below: tuple[str, ...] = _ORANGE
    other: str = "#C4C4C4"
    dark: bool = False

    def __post_init__(self) -> None:
        smallest = min(self.title, self.subtitle, self.label, self.small)
        if smallest < SMALLEST_PT:
            raise InputError(
                f"Theme {self.name!r}: a font of {smallest:g} pt cannot be read. Use {SMALLEST_PT:g} pt or more."
            )
        if not NARROWEST_MM <= self.width_mm <= WIDEST_MM:
            raise InputError(
                f"Theme {self.name!r}: a width of {self.width_mm:g} mm is not drawn. "
                f"Use {NARROWEST_MM:g} to {WIDEST_MM:g} mm; columns of a journal are 89, 120 or 183."
            )
        if not 1 <= len(self.series) <= MAX_SERIES:
            raise InputError(f"Theme {self.name!r} has {len(self.series)} series colours. Use 1 to {MAX_SERIES}.")

    @property
    def width(self) -> float:
        """Width of the figure in points."""
        return self.width_mm * POINTS_PER_MM

    @property
    def min_height(self) -> float:
        """Least height of the figure in points."""
        return self.min_height_mm * POINTS_PER_MM

    @property
    def inner(self) -> float:
        """Width between the margins, in points."""
        return self.width - 2 * self.margin


def darken(theme: Theme, name: str | None = None) -> Theme:
    """Return a theme on near-black paper, with the same sizes; by default its name ends in "-dark"."""
    return replace(
        theme,
        name=name or f"{theme.name}-dark",
        dark=True,
        paper=_DARK_PAPER,
        ink="#EDEDED",
        muted="#A8A8A8",
        faint="#3A3D42",
        outline=_DARK_PAPER,
        accent=OKABE_ITO[4],  # the sky blue: the first blue is too dim on black
        above=_DARK_PURPLE,
        below=_DARK_ORANGE,
        other="#747678",  # a lighter grey is the green or the pink of those who see no red or green
    )


_PRINT = Theme("print", width_mm=PRINT_WIDTHS_MM[0])
# 1200 x 675 pixels, the card that sites and social networks show at half that size: hence labels of 19 pixels.
_WEB = Theme(
    "web", width_mm=8 * 25.4, min_height_mm=4.5 * 25.4, dpi=150, title=14, subtitle=10, label=9, small=7.5, margin=16
)
# 1920 x 1080 pixels on a slide of 13.33 x 7.5 inches. From six screen heights away, letters of 14 points look as high
# as those of 6 points on a page at half a metre.
_SLIDES = Theme(
    "slides",
    width_mm=40 / 3 * 25.4,
    min_height_mm=7.5 * 25.4,
    dpi=144,
    title=24,
    subtitle=15,
    label=14,
    small=12,
    margin=24,
    weight=1.6,
)
# For the page of a report: as high as its rows, on the page's own white or near-black.
_LIGHT = Theme("light", width_mm=190, dpi=150, title=12, subtitle=9, label=8.5, small=7.5, margin=6)

_PAPERS = (_PRINT, _WEB, _SLIDES)
THEMES: dict[str, Theme] = {
    theme.name: theme for theme in (*_PAPERS, *map(darken, _PAPERS), _LIGHT, darken(_LIGHT, "dark"))
}


def get_theme(name: str, width_mm: float | None = None) -> Theme:
    """Return the theme called `name`, at another width if one is given.

    Parameters
    ----------
    name : str
        "print": as high as its rows, 89 mm wide by default; `PRINT_WIDTHS_MM` are the columns of journals.
        "web": 1200 x 675 pixels, higher where the rows need it.
        "slides": 16:9, 1920 x 1080 pixels, higher where the rows need it.
        "light": for a page of a report, as high as its rows.
        Dark: "print-dark", "web-dark", "slides-dark" and "dark".
    width_mm : float, optional
        Text keeps its size on the sheet, so a wider one holds more. Cards and slides keep their shape and their pixels:
        where the rows need more than a slide of 339 mm is high, one of 440 may hold them, its type a quarter smaller.

    Raises
    ------
    InputError
        The name is unknown, or the width is outside 80 to 600 mm.
    """
    if name not in THEMES:
        raise InputError(f"There is no theme {name!r}. Use one of: {', '.join(THEMES)}.")
    theme = THEMES[name]
    if width_mm is None:
        return theme
    sized = replace(theme, width_mm=float(width_mm))
    if not theme.min_height_mm:
        return sized
    scale = sized.width_mm / theme.width_mm
    return replace(sized, min_height_mm=theme.min_height_mm * scale, dpi=theme.dpi / scale)


FADED = 0.5
"""How much paper is mixed into a segment that rests on too few articles: paler ones cannot be told apart by those who
see no green."""


def mix(colour: str, other: str, amount: float) -> str:
    """Blend two "#RRGGBB" colours; `amount` 0 gives `colour`, 1 gives `other`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02X}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two "#RRGGBB" colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Return black or white, whichever is easier to read on `fill` (always at least 4.5:1)."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, fill))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
