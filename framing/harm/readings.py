"""What the rules say about one word of harm."""

from __future__ import annotations

from dataclasses import dataclass

from framing.harm.phrases import Phrase

FORMS = ("active", "passive-agent", "passive-agentless", "nominal", "intransitive", "negated")
ACTIVE, PASSIVE_AGENT, PASSIVE_AGENTLESS, NOMINAL, INTRANSITIVE, NEGATED = range(6)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word or phrase of the lexicon in a sentence.

    Attributes
    ----------
    start, end : int
        Places in the sentence.
    entry : int
        Number of the term in the matcher.
    kind, harm : str
        Kind of its category (verb, noun, loss, either, die, state), and class of harm (kill, wound, ...).
    inflection : int
        Bits of `framing.harm.inflection`.
    sure : bool
        Whether it means harm to people by itself.
    bare_noun : bool
        Base and -s form are also things, no acts: "bomb", "shells".
    causative : bool
        A verb of dying that can be done to somebody: "drown".
    aimed : bool
        The preposition before the victim is part of it: "strike on", "fired at".
    """

    start: int
    end: int
    entry: int
    kind: str
    harm: str
    inflection: int
    sure: bool
    bare_noun: bool = False
    causative: bool = False
    aimed: bool = False


@dataclass(slots=True)
class Reading:
    """A word of harm, the form it stands in, and the two parties.

    Attributes
    ----------
    form : int
        Index into `FORMS`, never `NEGATED`.
    victim, agent : Phrase or None
    negated : bool
    verb : int
        First word of its verb group; the word itself for nouns.
    """

    occurrence: Occurrence
    form: int
    victim: Phrase | None
    agent: Phrase | None
    negated: bool
    verb: int
