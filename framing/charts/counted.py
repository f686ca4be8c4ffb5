"""Numbers of things, as alternative texts say them."""

from __future__ import annotations


def plural(number: int, noun: str) -> str:
    """Return "1 outlet", "1,204 outlets"; only for nouns that take an s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
