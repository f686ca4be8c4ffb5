"""Harm to people in a text: who does what to whom, and in which grammatical form it is told."""

from framing.harm.events import GROUP_KINDS, MODULE, Events, find_events, list_groups
from framing.harm.readings import FORMS

__all__ = ["FORMS", "GROUP_KINDS", "MODULE", "Events", "find_events", "list_groups"]
