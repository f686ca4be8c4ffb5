"""How colours look to people with a colour-vision deficiency, and how far apart two colours are: a check only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

# Machado, Oliveira & Fernandes (2009), IEEE Transactions on Visualization and Computer Graphics 15(6): severity 1.0.
# They apply to linear RGB.
DEFICIENCIES: dict[str, Vector] = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Linear sRGB (IEC 61966-2-1) to XYZ under D65.
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def simulate(colour: str, deficiency: str) -> Vector:
    """Return the linear RGB, each 0 to 1, that shows everybody what somebody with a deficiency sees of "#RRGGBB"."""
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.clip(DEFICIENCIES[deficiency] @ linear, 0, 1)


def to_lab(linear: Vector) -> Vector:
    """Return the CIELAB coordinates of linear RGB."""
    scaled = _TO_XYZ @ linear / _TO_XYZ.sum(axis=1)
    x, y, z = np.where(scaled > 216 / 24389, np.cbrt(scaled), (24389 / 27 * scaled + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(first: Vector, second: Vector) -> float:
    """Return the CIEDE2000 difference of two CIELAB colours.

    References
    ----------
    Sharma, Wu & Dalal (2005), Color Research and Application 30(1); its equation numbers are in the comments.
    """
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))  # 1 + G (4), (5)
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = np.degrees(np.arctan2([b1, b2], [stretch * a1, stretch * a2])) % 360
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180  # (10)
    lightness, chroma, hue = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)  # (8)-(11)
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = h1 + h2 if grey else (h1 + turn / 2) % 360  # (14)
    weights = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(weight * np.cos(np.radians(times * h_mean + shift)) for weight, times, shift in weights)  # (15)
    rotation = -np.sin(np.radians(60 * np.exp(-(((h_mean - 275) / 25) ** 2))))  # (16)
    rotation *= 2 * np.sqrt(c_mean**7 / (c_mean**7 + 25.0**7))  # (17), (21)
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / np.sqrt(20 + (l_mean - 50) ** 2)  # (18)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t  # (19), (20)
    parts = lightness / s_l, chroma / s_c, hue / s_h
    return float(np.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2]))  # (22)


def difference(first: str, second: str) -> tuple[float, str]:
    """Return how far apart two "#RRGGBB" colours are for those who tell them apart worst, and who these are."""
    return min(
        (ciede2000(to_lab(simulate(first, kind)), to_lab(simulate(second, kind))), kind) for kind in DEFICIENCIES
    )
