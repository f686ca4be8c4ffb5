"""Where a sentence is printed on the page: once, where it first is evidence; elsewhere the page refers to it.

Of the sentences behind the numbers of a report half stand behind several: a name is in two lexicons, a loaded word
beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from framing.report.page.sentences import Sentence, Spot
from framing.report.results import identify

SLACK = 2  # characters: a speech ends with its closing mark, its sentence may not
BEGINNING = 44  # characters of a sentence by which a reference calls it


@dataclass(slots=True)
class Print:
    """One print. `id` is "" until something refers to it; `also` are (words, id) of what does."""

    spot: Spot
    id: str = ""
    also: list[tuple[str, str]] = field(default_factory=list)


class Prints:
    """The prints of a page, in the order in which its sentences are added."""

    def __init__(self) -> None:
        self._of_text: dict[tuple[str, bool], list[Print]] = defaultdict(list)
        self._of_group: dict[tuple[str, Spot], tuple[Print, bool]] = {}

    def add(self, group: str, label: str, sentence: Sentence) -> None:
        """Print a sentence, or note that it is printed already.

        Parameters
        ----------
        group : str
            The id of the sentences behind a number.
        label : str
            What the number counts, in a few words.
        """
        spot = sentence.spot
        found = self._find(spot)
        if found is None:
            found = Print(spot)
            self._of_text[spot.article, spot.headline].append(found)
            self._of_group[group, spot] = found, True
            return
        found.id = found.id or identify(
            "p", spot.article, str(spot.headline), str(found.spot.low), str(found.spot.high)
        )
        if all(id != group for _, id in found.also):
            found.also.append((label, group))
        self._of_group[group, spot] = found, False

    def _find(self, spot: Spot) -> Print | None:
        for one in self._of_text[spot.article, spot.headline]:
            inside = one.spot.low <= spot.low and spot.high <= one.spot.high + SLACK
            around = spot.low <= one.spot.low and one.spot.low <= spot.start and spot.end <= one.spot.high
            if inside or around:
                return one
        return None

    def find(self, group: str, sentence: Sentence) -> Print:
        """Return the print of a sentence that was added."""
        return self._of_group[group, sentence.spot][0]

    def is_first(self, group: str, sentence: Sentence) -> bool:
        """Whether a sentence is printed here, and not referred to."""
        return self._of_group[group, sentence.spot][1]


def begin(sentence: Sentence) -> str:
    """Return how a sentence begins, cut at a space."""
    text = sentence.text.strip()
    return text if len(text) <= BEGINNING else text[:BEGINNING].rpartition(" ")[0].rstrip(",;:") + " …"
