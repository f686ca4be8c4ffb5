"""Lines that an outlet prints under article after article: furniture that no cue names.

Counting every line of every article would need memory that grows with the input. Instead each outlet is judged by at
most 100 of its articles: those whose text has the smallest digests. The choice does not depend on the order of the
input, and a text that comes twice counts once, so an input that repeats whole articles gives the same lines.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from hashlib import sha256

SAMPLED_ARTICLES = 100

# At least three articles, since two share a line by chance or by copying; and half of those looked at, since what
# belongs to the page stands on every page, while credits ("... contributed to this report") and recurring subheadings
# belong to some articles.
LEAST_ARTICLES = 3
LEAST_SHARE = 0.5

# Outlets also repeat sentences and paragraphs of background, which are their wording and must stay. Furniture is short,
# and no sentence of three words or more.
MOST_WORDS = 15
LONGEST = 120


class LineSample:
    """Lines of some articles of each outlet, filled by `add`."""

    def __init__(self) -> None:
        # For each outlet a heap of (minus digest, lines), so that the largest digest is on top and leaves first.
        self._articles: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._digests: dict[str, set[int]] = {}

    def add(self, outlet: str, text: str) -> None:
        """Consider one article."""
        digest = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
        heap = self._articles.setdefault(outlet, [])
        known = self._digests.setdefault(outlet, set())
        if digest in known or (len(heap) >= SAMPLED_ARTICLES and digest >= -heap[0][0]):
            return
        known.add(digest)
        heapq.heappush(heap, (-digest, short_lines(text)))
        if len(heap) > SAMPLED_ARTICLES:
            known.discard(-heapq.heappop(heap)[0])

    def repeated(self) -> dict[str, frozenset[str]]:
        """Return for each outlet the lines it repeats; outlets without any are left out."""
        result = {}
        for outlet, articles in self._articles.items():
            counts = Counter(line for _, lines in articles for line in lines)
            least = max(LEAST_ARTICLES, math.ceil(LEAST_SHARE * len(articles)))
            lines = frozenset(line for line, count in counts.items() if count >= least)
            if lines:
                result[outlet] = lines
        return result


def short_lines(text: str) -> frozenset[str]:
    """Return the distinct short lines of a text, without outer spaces."""
    return frozenset(
        [
            line
            for line in map(str.strip, text.split("\n"))
            if 0 < len(line) <= LONGEST
            and line.count(" ") < MOST_WORDS
            and not (line[-1] in ".!?" and line.count(" ") >= 2)
        ]
    )
