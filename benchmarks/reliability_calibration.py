"""Does the correction for coding errors find the truth? A simulation with planted confusion matrices.

    python benchmarks/reliability_calibration.py [--runs 300] [--items 400]

Three outlets with different true shares of own, quoted, attributed and scare-quoted mentions, of which one in twenty is
no mention of the referent at all, whatever its voice; a program and two coders with known confusion matrices, who err
independently of each other given the truth. In each run articles and a coded
sample are drawn anew, and the 95 % intervals of `framing.statistics.reliability` are compared with the planted rates.
The table says how often they hold the truth (0.93 to 0.97 is right for 0.95), and how far measured and corrected rates
are from it. A second table gives the planted and the mean estimated matrices.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from framing.statistics.reliability import correct_voices, draw_units, estimate_errors, percentiles

VOICES = ("own", "quoted", "attributed", "scare")
# Shares of true voices in each outlet.
TRUTH = np.array([[0.42, 0.26, 0.29, 0.03], [0.73, 0.08, 0.16, 0.03], [0.21, 0.36, 0.40, 0.03]])
NONE = 4  # number of the class of mentions that are none
WRONG_SENSE = 0.05
PROGRAM = np.array(
    [
        [0.94, 0.01, 0.04, 0.01],
        [0.03, 0.95, 0.02, 0.00],
        [0.12, 0.02, 0.85, 0.01],
        [0.10, 0.10, 0.00, 0.80],
    ]
)
CODERS = (
    np.array(
        [
            [0.93, 0.01, 0.04, 0.00, 0.02],
            [0.02, 0.96, 0.01, 0.00, 0.01],
            [0.06, 0.02, 0.90, 0.00, 0.02],
            [0.05, 0.05, 0.00, 0.88, 0.02],
            [0.08, 0.02, 0.05, 0.00, 0.85],
        ]
    ),
    np.array(
        [
            [0.95, 0.01, 0.03, 0.00, 0.01],
            [0.01, 0.97, 0.01, 0.00, 0.01],
            [0.03, 0.02, 0.93, 0.00, 0.02],
            [0.04, 0.04, 0.00, 0.90, 0.02],
            [0.04, 0.02, 0.04, 0.00, 0.90],
        ]
    ),
)
ARTICLES = 150  # of each outlet
MEAN_MENTIONS = 4.0


def draw_codes(truth: np.ndarray, matrix: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Draw what somebody with this confusion matrix says of items with this truth."""
    cumulated = matrix.cumsum(axis=1)[truth]
    return (generator.random(len(truth))[:, None] > cumulated[:, :-1]).sum(axis=1)


def simulate(seed: int, items: int, resamples: int) -> tuple[np.ndarray, ...]:
    """Draw articles and a sample, and correct the outlets' shares.

    Returns
    -------
    measured, corrected, low, high : arrays (outlets, voices)
    program, first, second : the estimated matrices
    """
    generator = np.random.default_rng(seed)
    article, truth = [], []
    for number, shares in enumerate(TRUTH):
        sizes = 1 + generator.poisson(MEAN_MENTIONS - 1, ARTICLES)
        article.append(np.repeat(np.arange(ARTICLES) + number * ARTICLES, sizes))
        # Voices of one article are alike: each article has its own shares around those of the outlet.
        own = generator.dirichlet(shares * 8, ARTICLES)
        cumulated = own.cumsum(axis=1)[article[-1] - number * ARTICLES]
        truth.append((generator.random(sizes.sum())[:, None] > cumulated[:, :-1]).sum(axis=1))
    articles, true = np.concatenate(article), np.concatenate(truth)
    said = draw_codes(true, PROGRAM, generator)
    true = np.where(generator.random(len(true)) < WRONG_SENSE, NONE, true)
    chosen = generator.choice(len(true), items, replace=False)
    codes = np.column_stack([draw_codes(true[chosen], matrix, generator) for matrix in CODERS])
    of, place = np.unique(articles[chosen], return_inverse=True)
    weights = np.concatenate((np.ones((1, items)), draw_units(len(of), "items", seed, resamples)[:, place]))
    errors = estimate_errors(said[chosen], codes, weights, 5, 4)
    counts = np.zeros((len(TRUTH) * ARTICLES, 4))
    np.add.at(counts, (articles, said), 1)
    measured = []
    for number in range(len(TRUTH)):
        mine = counts[number * ARTICLES : (number + 1) * ARTICLES]
        times = np.concatenate((np.ones((1, ARTICLES)), draw_units(ARTICLES, str(number), seed, resamples)))
        measured.append(times @ mine)
    stacked = np.stack(measured, axis=1)
    corrected = correct_voices(stacked, errors)
    shares = corrected / corrected.sum(axis=2, keepdims=True)
    low, high = percentiles(shares[1:])
    raw = stacked[0] / stacked[0].sum(axis=1, keepdims=True)
    return raw, shares[0], low, high, errors.program[0], errors.coders[0][0], errors.coders[1][0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--resamples", type=int, default=400)
    options = parser.parse_args()
    started = time.perf_counter()
    runs = [simulate(seed, options.items, options.resamples) for seed in range(options.runs)]
    raw, corrected, low, high, *matrices = (np.stack(part) for part in zip(*runs, strict=True))
    true = TRUTH
    print(f"{options.runs} runs, {options.items} coded items, two coders, {time.perf_counter() - started:.0f} s")
    print(f"{'outlet':6} {'voice':10} {'true':>6} {'measured':>9} {'corrected':>10} {'coverage':>9} {'width':>6}")
    covered = (low <= true) & (true <= high)
    for number in range(len(TRUTH)):
        for voice, name in enumerate(VOICES):
            print(
                f"{number:6} {name:10} {true[number, voice]:6.3f} {raw[:, number, voice].mean():9.3f} "
                f"{corrected[:, number, voice].mean():10.3f} {covered[:, number, voice].mean():9.3f} "
                f"{(high - low)[:, number, voice].mean():6.3f}"
            )
    print(f"coverage of own, quoted and attributed together: {covered[:, :, :3].mean():.3f}")
    of_none = TRUTH.mean(axis=0) @ PROGRAM  # what the program answers where there is no mention
    all_planted = (np.vstack((PROGRAM, of_none)), *CODERS)
    for name, planted, estimated in zip(("program", "coder 1", "coder 2"), all_planted, matrices, strict=True):
        print(f"\n{name}: planted / mean estimate (rows: true own, quoted, attributed, scare, no mention)")
        for row, mean in zip(planted, estimated.mean(axis=0), strict=True):
            print("   ".join(f"{a:.2f} / {b:.2f}" for a, b in zip(row, mean, strict=True)))


if __name__ == "__main__":
    main()
