"""What the model rests on, read from two files beside this one: effects of acts (set by hand) and weights (fitted)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.errors import InputError

EFFECTS = Path(__file__).with_name("effects.toml")
WEIGHTS = Path(__file__).with_name("weights.toml")
CLASSES = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """The effects of acts.

    Attributes
    ----------
    subject, object : mapping of category of act to effect, -2 (bad) to 2 (good)
    against : tuple of str
        Categories of acts that turn the tone of what they are done to.
    """

    subject: Mapping[str, float]
    object: Mapping[str, float]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic model.

    Attributes
    ----------
    intercept : float64 array (classes,)
    matrix : float64 array (features, classes)
        In the order of the feature names and of `CLASSES`.
    """

    intercept: npt.NDArray[np.float64]
    matrix: npt.NDArray[np.float64]


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}. Restore the file from the project.") from error


@lru_cache(maxsize=1)
def read_settings() -> Settings:
    """Read the effects of acts.

    Raises
    ------
    InputError
        The file is no TOML, or an effect is off the scale.
    """
    data = _read(EFFECTS)
    for side in ("subject", "object"):
        for category, effect in data[side].items():
            if not -2 <= effect <= 2:
                raise InputError(f"{EFFECTS}: {side}.{category} is {effect}. Give an effect from -2 to 2.")
    return Settings(data["subject"], data["object"], tuple(data["against"]))


@lru_cache(maxsize=4)
def read_weights(names: tuple[str, ...]) -> Weights:
    """Read the fitted weights of some features.

    Raises
    ------
    InputError
        The file is no TOML, or does not hold exactly these features with a weight for each class.
    """
    data = _read(WEIGHTS)
    rows = data["features"]
    for name in sorted(set(names) ^ set(rows)):
        verb = "holds no weights of" if name in names else "holds weights of an unknown feature"
        raise InputError(f"{WEIGHTS}: {verb} {name!r}. Fit the weights anew: see benchmarks/target_sentiment.py.")
    for name, row in [("intercept", data["intercept"]), *rows.items()]:
        if len(row) != len(CLASSES):
            raise InputError(f"{WEIGHTS}: {name!r} has {len(row)} weights. Give {len(CLASSES)}: bad, neutral, good.")
    return Weights(np.array(data["intercept"], dtype=np.float64), np.array([rows[name] for name in names]))
