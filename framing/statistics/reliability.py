"""Reliability of coding: how far coders agree, how often the program errs, and what its numbers would be without error.

What is true of an item is not seen: there is the program's answer and those of one or more coders, who err too. Three
steps, each with its uncertainty:

- `compute_alpha`: agreement of the coders beyond chance.
- `estimate_errors`: the confusion matrices of the program and of every coder, by the latent class model of Dawid and
  Skene. It assumes that they err independently of each other, given the truth. With one coder the coder is the truth.
- `correct_voices`: mentions by voice as they would be if the program made no errors. The share of mentions that are
  none is taken from the sample (it cannot be seen otherwise); the voices are corrected by inverting the matrix of the
  program, so that an outlet that quotes much is not pulled toward the average: errors are taken to be alike in all
  outlets *given the true voice*, and a mention that the program gives a voice is none equally often in all of them.

References
----------
Krippendorff (2004), Content Analysis, chapter 11; Hayes and Krippendorff (2007), Communication Methods and Measures 1;
Zapf et al. (2016), BMC Medical Research Methodology 16 (bootstrap of alpha over items); Dawid and Skene (1979), Applied
Statistics 28; Rogan and Gladen (1978), American Journal of Epidemiology 107, and Hopkins and King (2010), American
Journal of Political Science 54 (correction by the inverted matrix); Wilson (1927), JASA 22; Kish (1965), Survey
Sampling (effective number of weighted items).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray

MISSING = -1
"""Code of an item that a rater left open, or is not sure of."""

RESAMPLES = 1000
"""Draws behind an interval: the model is fitted to each of them."""

_ROUNDS = 200
_STILL = 1e-5
"""Largest change of a probability at which fitting stops."""

_RIGHT, _WRONG = 1.0, 0.2
"""Items that the prior of a confusion matrix adds to each row: so many rightly coded, so many shared out among the
other answers. Keeps a class that the sample hardly holds from being estimated out of nothing: without any item of it,
the rater is taken to be right five times out of six."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree.

    Attributes
    ----------
    alpha : float
        Krippendorff's alpha for nominal codes: 1 perfect, 0 as by chance, below 0 worse; nan where no item has two
        codes, or all codes are the same (nothing varies, so nothing can be told).
    low, high : float
        95 % bootstrap interval over items; nan where alpha is.
    agreement : float
        Share of pairs of codes of one item that are equal, 0 to 1; nan without a pair.
    items : int
        Items with two codes or more.
    missing : int
        Codes left open or unsure, over all items.
    """

    alpha: float
    low: float
    high: float
    agreement: float
    items: int
    missing: int


def compute_alpha(codes: IntArray, *, resamples: int = RESAMPLES, seed: int = 0, level: float = 0.95) -> Agreement:
    """Compute Krippendorff's alpha (nominal) with its interval.

    Parameters
    ----------
    codes : int64 array (items, coders)
        Numbers of labels, `MISSING` for none.
    resamples, seed : int
        Of the bootstrap. Draws in which all codes are the same have no alpha and are left out.

    Returns
    -------
    Agreement
    """
    given = codes != MISSING
    pairable = given.sum(axis=1) >= 2
    missing = int((~given).sum())
    kept = codes[pairable]
    if not len(kept):
        return Agreement(math.nan, math.nan, math.nan, math.nan, 0, missing)
    labels = int(kept.max()) + 1
    counts = np.stack([(kept == label).sum(axis=1) for label in range(labels)], axis=1).astype(np.float64)
    many = counts.sum(axis=1)
    pairs = many * (many - 1)
    equal = (counts * (counts - 1)).sum(axis=1)
    agreement = float(equal.sum() / pairs.sum())
    if (counts.sum(axis=0) > 0).sum() < 2:
        return Agreement(math.nan, math.nan, math.nan, agreement, len(kept), missing)
    alpha = _alpha_of(kept)
    times = draw_units(len(kept), "alpha", seed, resamples)
    disagreement = times @ ((pairs - equal) / (many - 1))  # of the coincidence matrix, off the diagonal
    of_label = times @ counts
    total = of_label.sum(axis=1)
    expected = total**2 - (of_label**2).sum(axis=1)
    drawn = np.full(resamples, np.nan)
    varied = expected > 0
    drawn[varied] = 1 - (total[varied] - 1) * disagreement[varied] / expected[varied]
    low, high = percentiles(drawn, level)
    return Agreement(alpha, float(low), float(high), agreement, len(kept), missing)


def _alpha_of(codes: IntArray) -> float:
    from nltk.metrics.agreement import AnnotationTask  # nltk is slow to import

    data = [
        (str(coder), str(item), str(code))
        for item, row in enumerate(codes.tolist())
        for coder, code in enumerate(row)
        if code != MISSING
    ]
    return float(AnnotationTask(data=data).alpha())


def draw_units(units: int, name: str, seed: int, resamples: int) -> FloatArray:
    """Return how often each unit is drawn in each resample. Shape (resamples, units)."""
    digest = hashlib.sha256(f"{seed}\x1f{name}".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    times: FloatArray = generator.multinomial(units, np.full(units, 1 / units), size=resamples).astype(np.float64)
    return times


def percentiles(values: FloatArray, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of the middle part of some draws, along the first axis; nan where all are nan."""
    if not len(values):
        empty = np.full(values.shape[1:], np.nan)
        return empty, empty
    none = np.isnan(values).all(axis=0)
    filled = np.where(none, 0.0, values)
    low, high = np.nanquantile(filled, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def bound_share(right: float, items: float, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's interval of a share.

    Parameters
    ----------
    right, items : float
        How many of how many; not whole where items weigh differently (then `items` is the effective number).

    Returns
    -------
    low, high : float
        0 to 1; nan without an item.
    """
    if items <= 0:
        return math.nan, math.nan
    share = min(1.0, max(0.0, right / items))
    middle = share + z * z / (2 * items)
    half = z * math.sqrt(share * (1 - share) / items + z * z / (4 * items * items))
    under = 1 + z * z / items
    low = 0.0 if share == 0 else max(0.0, (middle - half) / under)
    return low, 1.0 if share == 1 else min(1.0, (middle + half) / under)


@dataclass(frozen=True, slots=True)
class Precision:
    """A share of right items among weighted items of articles.

    Attributes
    ----------
    value : float
        0 to 1; nan without an item.
    low, high : float
        95 % interval.
    items, articles : int
    method : str
        "bootstrap" over articles; "wilson" where each article has one item, or all items are right or all wrong (a
        bootstrap would then claim certainty); "" without an item.
    """

    value: float
    low: float
    high: float
    items: int
    articles: int
    method: str


def compute_precision(
    right: FloatArray, weight: FloatArray, article: IntArray, *, name: str, seed: int = 0, resamples: int = RESAMPLES
) -> Precision:
    """Compute the share of right items, each with the weight of what it stands for.

    Parameters
    ----------
    right : float64 array (items,)
        0 to 1: 0.5 where two coders differ.
    weight : float64 array (items,)
        How many mentions an item stands for, above 0.
    article : int64 array (items,)
        Number of each item's article: items of one article are drawn together.
    name : str
        With `seed` it settles the draws.

    Returns
    -------
    Precision
        Wilson's interval is on Kish's effective number of items, at most the number of articles.
    """
    if not len(right):
        return Precision(math.nan, math.nan, math.nan, 0, 0, "")
    value = float((weight * right).sum() / weight.sum())
    of, article = np.unique(article, return_inverse=True)
    if len(of) == len(right) or value in (0.0, 1.0):
        effective = min(float(weight.sum() ** 2 / (weight**2).sum()), float(len(of)))
        low, high = bound_share(value * effective, effective)
        return Precision(value, low, high, len(right), len(of), "wilson")
    above, under = np.bincount(article, weight * right), np.bincount(article, weight)
    times = draw_units(len(of), name, seed, resamples)
    least, most = percentiles((times @ above) / (times @ under))
    return Precision(value, float(least), float(most), len(right), len(of), "bootstrap")


@dataclass(frozen=True, slots=True)
class Errors:
    """Estimated confusion matrices, one for each draw of the sample (shape (draws, ...)).

    Attributes
    ----------
    share : float64 array (draws, classes)
        Share of each true class.
    program : float64 array (draws, classes, answers)
        P(the program answers | truth); rows add up to 1.
    coders : tuple of float64 arrays (draws, classes, classes)
        P(the coder answers | truth), for each coder.
    """

    share: FloatArray
    program: FloatArray
    coders: tuple[FloatArray, ...]

    def truth_given_answer(self) -> FloatArray:
        """Return P(truth | the program's answer). Shape (draws, classes, answers); columns add up to 1."""
        joint: FloatArray = self.share[:, :, None] * self.program
        return np.asarray(joint / joint.sum(axis=1, keepdims=True))


def estimate_errors(
    program: IntArray, coders: IntArray, weights: FloatArray, classes: int, answers: int, known: IntArray | None = None
) -> Errors:
    """Estimate confusion matrices from what the program and the coders say of the same items.

    Parameters
    ----------
    program : int64 array (items,)
        The program's answer, 0 to answers - 1; answer a means class a.
    coders : int64 array (items, coders)
        The coders' answers, 0 to classes - 1, or `MISSING`. Items without any code tell nothing and are left out.
    weights : float64 array (draws, items)
        How much each item counts in each draw.
    classes, answers : int
        True classes, and answers of the program; the classes past `answers` are such that the program never names.
    known : int64 array (items,), optional
        The truth where it has been decided, `MISSING` elsewhere.

    Returns
    -------
    Errors

    Raises
    ------
    InputError
        No item has a code.

    Notes
    -----
    Expectation maximisation from the coders' answers, all draws at once, with a weak prior for right answers
    (`_RIGHT`, `_WRONG`). With a single coder and nothing decided, the coder is the truth.
    """
    decided = np.full(len(program), MISSING, dtype=np.int64) if known is None else known
    if coders.shape[1] == 1:
        decided = np.where(decided == MISSING, coders[:, 0], decided)
    usable = (coders != MISSING).any(axis=1) | (decided != MISSING)
    if not usable.any():
        raise InputError("no item has been coded. Fill in the coders' files and score them again.")
    rows = np.column_stack((program, decided, coders))[usable]
    patterns, of = np.unique(rows, axis=0, return_inverse=True)
    weight = np.zeros((len(weights), len(patterns)))
    np.add.at(weight.T, of.ravel(), weights[:, usable].T)
    # So many items as there are, so that the prior weighs alike whatever the scale of the weights.
    weight *= (usable.sum() / np.maximum(weight.sum(axis=1), 1e-300))[:, None]
    raters = [(patterns[:, 0], answers), *((column, classes) for column in patterns[:, 2:].T)]
    marks = [(codes[:, None] == np.arange(size)).astype(np.float64) for codes, size in raters]
    fixed = patterns[:, 1] != MISSING
    start = np.where(fixed[:, None], patterns[:, 1, None] == np.arange(classes), sum(marks[1:]))
    start = start / np.maximum(start.sum(axis=1, keepdims=True), 1e-300)
    truth = np.broadcast_to(start, (len(weight), *start.shape)).copy()
    priors = [_prior(classes, size) for _, size in raters]
    for _ in range(_ROUNDS):
        weighted = weight[:, :, None] * truth
        share = weighted.sum(axis=1) + 1 / classes
        share /= share.sum(axis=1, keepdims=True)
        matrices = []
        for mark, prior in zip(marks, priors, strict=True):
            matrix = np.einsum("bpk,pa->bka", weighted, mark) + prior
            matrices.append(matrix / matrix.sum(axis=2, keepdims=True))
        likely = np.log(share)[:, None, :] + sum(
            np.einsum("bka,pa->bpk", np.log(matrix), mark) for matrix, mark in zip(matrices, marks, strict=True)
        )
        likely = np.exp(likely - likely.max(axis=2, keepdims=True))
        renewed = likely / likely.sum(axis=2, keepdims=True)
        renewed[:, fixed] = start[fixed]
        moved = np.abs(renewed - truth).max()
        truth = renewed
        if moved < _STILL:
            break
    return Errors(share, matrices[0], tuple(matrices[1:]))


def _prior(classes: int, answers: int) -> FloatArray:
    """Return what the prior adds to a confusion matrix. Shape (classes, answers)."""
    prior: FloatArray = np.full((classes, answers), _WRONG / max(1, answers - 1))
    same = np.arange(min(classes, answers))
    prior[same, same] = _RIGHT
    prior[answers:] = (_RIGHT + _WRONG) / answers  # of what the program never names, it says anything
    return prior


def correct_voices(measured: FloatArray, errors: Errors) -> FloatArray:
    """Return mentions by voice as they would be without the program's errors.

    Parameters
    ----------
    measured : float64 array (draws, groups, answers)
        Mentions of each group by the voice that the program gives them, draw by draw.
    errors : Errors
        Of as many draws, with one class more than answers: what is no mention at all.

    Returns
    -------
    float64 array (draws, groups, answers)
        True mentions by true voice, 0 or more; they add up to the measured mentions less those that are none. A share
        that the correction would put below 0 is 0. nan where the program's answers do not depend on the truth enough
        to be inverted.
    """
    answers = measured.shape[2]
    none = errors.truth_given_answer()[:, answers:].sum(axis=1)  # P(no mention | answer)
    real = measured * (1 - none)[:, None, :]
    matrix = errors.program[:, :answers].transpose(0, 2, 1)  # (draws, answer, true voice)
    sound = np.linalg.cond(matrix) < 1e6
    inverse = np.full_like(matrix, np.nan)
    inverse[sound] = np.linalg.inv(matrix[sound])
    corrected = np.maximum(np.einsum("bta,bga->bgt", inverse, real), 0.0)
    total = corrected.sum(axis=2, keepdims=True)
    scale = np.divide(real.sum(axis=2, keepdims=True), total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(np.where(np.isnan(total), np.nan, corrected * scale))
