"""VADER's compound score, equal to vaderSentiment's own to the last digit, for many sentences at once.

All that depends on a word's spelling is looked up once for each distinct word (`words`), the rules about neighbouring
words are integer-array work (`rules`), and texts are cut into words as vaderSentiment cuts them (`scores`).
"""

from framing.vader.scores import MAX_CHARACTERS, score_spans, score_texts, split_long

__all__ = ["MAX_CHARACTERS", "score_spans", "score_texts", "split_long"]
