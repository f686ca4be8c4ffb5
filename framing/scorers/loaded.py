"""Loaded language: words that colour what they report, style that argues, and one probability made of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from framing.annotation import SECTIONS, AnnotatedBatch
from framing.lexicon import Lexicon
from framing.loaded import FEATURES, Features, find_candidates, find_features, find_shouted, find_terms, read_model
from framing.measure import Measure
from framing.rows import printed
from framing.scorers.counts import Counts, Found, Scored, count_found, count_keys, join
from framing.text import LongArray
from framing.voice import SCARE, VOICES

STYLE = "style"  # the lexicon whose cues of weight 0 mark plain reporting: no evidence of loaded language
MARKS = ("exclamation", "question", "capitals", "scare-quotes")


def score(batch: AnnotatedBatch) -> Scored:
    """Count loaded words and cues of style, and add up the probabilities of the sentences.

    Returns
    -------
    Scored
        "loaded:LEXICON:CATEGORY:VOICE": mentions, int >= 1, of the loaded lexicons and of the marks of style.
        "loaded-weight:VOICE": sum of the weights of those of the lexicons.
        "loaded-words:VOICE": mentions of all lexicons but style.
        "loaded-score", "loaded-score:VOICE": sum of the sentences' probabilities, each between 0 and 1, see
        `framing.loaded.Model`; a sentence has the voice that two thirds of its words have, or none.
        "loaded-sentences", "loaded-sentences:VOICE": sentences with a score, the denominators.
        "loaded-peak": the highest probability of a sentence of the article; "loaded-articles": 1.

    References
    ----------
    Recasens et al. (2013), ACL; Riloff and Wiebe (2003), EMNLP.
    """
    found = _find(batch)
    return Scored(join([count_found(batch, found), _count_words(batch), _count_scores(batch)]), found)


def _find(batch: AnnotatedBatch) -> Found:
    matches, matcher = find_terms(batch), batch.matcher
    kept = matches.take(np.flatnonzero(matcher.weights[matches.entry] > 0))
    used, label = np.unique(kept.entry, return_inverse=True)
    entries = [matcher.entries[n] for n in used.tolist()]
    labels = [(e.lexicon.name, e.term.category, e.term.pattern) for e in entries]
    start, end, weight = [kept.start], [kept.end], [matcher.weights[kept.entry]]
    label_of = [label.astype(np.int64)]
    for number, (first, behind) in enumerate(_marks(batch)):
        start.append(first)
        end.append(behind)
        weight.append(np.zeros(len(first)))
        label_of.append(np.full(len(first), len(labels) + number, dtype=np.int64))
    labels += [("marks", mark, mark) for mark in MARKS]
    return Found(
        "loaded",
        np.concatenate(start),
        np.concatenate(end),
        np.concatenate(label_of),
        tuple(labels),
        np.concatenate(weight),
    )


def _marks(batch: AnnotatedBatch) -> Iterator[tuple[LongArray, LongArray]]:
    """Yield the tokens of each of `MARKS`: what the text shows without any lexicon."""
    tokens, index = batch.tokens, batch.tokens.forms.index
    for mark in ("!", "?"):
        place = np.flatnonzero(tokens.form == index.get(mark, -1))
        yield place, place + 1
    place = np.flatnonzero(find_shouted(batch))
    yield place, place + 1
    scare = batch.voices.voice == SCARE
    yield batch.voices.start[scare], batch.voices.end[scare]


def _count_words(batch: AnnotatedBatch) -> Counts:
    matches, matcher = find_terms(batch), batch.matcher
    style = np.array([e.lexicon.name == STYLE for e in matcher.entries], dtype=bool)
    rows = matches.take(np.flatnonzero(~style[matches.entry])) if len(matches) else matches
    article, voice = batch.article[rows.start], batch.voices.code[rows.start]
    return join(
        [
            count_keys(article, voice, [f"loaded-words:{v}" for v in VOICES]),
            count_keys(article, voice, [f"loaded-weight:{v}" for v in VOICES], matcher.weights[rows.entry]),
        ]
    )


def _count_scores(batch: AnnotatedBatch) -> Counts:
    features = find_features(batch)
    scored = np.flatnonzero(features.words > 0)
    probability = read_model().sentence.probability(features.values[scored])
    article = batch.article[batch.sentences[scored]]
    voice = batch.sentence_voice[scored].astype(np.int64)
    clear = voice >= 0
    whole = np.zeros(len(scored), dtype=np.int64)
    peak = np.zeros(len(batch.articles))
    np.maximum.at(peak, article, probability)
    present = np.unique(article)
    zero = np.zeros(len(present), dtype=np.int64)
    return join(
        [
            count_keys(article, whole, ["loaded-score"], probability),
            count_keys(article, whole, ["loaded-sentences"]),
            count_keys(article[clear], voice[clear], [f"loaded-score:{v}" for v in VOICES], probability[clear]),
            count_keys(article[clear], voice[clear], [f"loaded-sentences:{v}" for v in VOICES]),
            count_keys(present, zero, ["loaded-peak"], peak[present]),
            count_keys(present, zero, ["loaded-articles"]),
        ]
    )


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the score, the rate of loaded words, and the rate of each category in the outlet's own voice.

    A mean is nan without sentences of the voice, a rate without its words.
    """
    mine = [x for x in lexicons if x.module == "loaded"]
    keys = tuple(f"loaded:{x.name}:*" for x in mine if x.name != STYLE)
    found = [
        Measure(
            "loaded.score",
            "Loaded language: mean probability of a sentence",
            "probability",
            "loaded-score",
            "loaded-sentences",
            1,
            "higher = more loaded",
            tuple(f"{key}:*" for key in keys),
        ),
        Measure(
            "loaded.score.own",
            "Loaded language in own voice: mean probability of a sentence",
            "probability",
            "loaded-score:own",
            "loaded-sentences:own",
            1,
            "higher = more loaded",
            tuple(f"{key}:own" for key in keys),
        ),
        Measure(
            "loaded.peak",
            "Loaded language: the most loaded sentence of an article",
            "probability, mean over articles",
            "loaded-peak",
            "loaded-articles",
            1,
            "higher = more loaded",
            tuple(f"{key}:*" for key in keys),
        ),
    ]
    for voice in VOICES[:3]:
        found.append(
            Measure(
                f"loaded.rate.{voice}",
                f"Loaded words ({voice})",
                f"per 1,000 words {_whose(voice)}",
                f"loaded-words:{voice}",
                f"words:{voice}",
                1000,
                "higher = more loaded words",
                tuple(f"{key}:{voice}" for key in keys),
            )
        )
    found.append(
        Measure(
            "loaded.weight.own",
            "Weight of loaded words (own)",
            "sum of weights per 1,000 words of own voice",
            "loaded-weight:own",
            "words:own",
            1000,
            "higher = more, or stronger, loaded words",
            tuple(f"{key}:own" for key in keys),
        )
    )
    for lexicon in mine:
        for category in lexicon.categories.values():
            if any(t.weight > 0 for t in lexicon.of_category(category.key)):
                found.append(_rate(lexicon.name, category.key, category.label))
    labels = ("exclamation marks", "question marks", "words in capitals", "words in scare quotes")
    found += [
        _rate("marks", mark, label, "scare" if mark == "scare-quotes" else "own")
        for mark, label in zip(MARKS, labels, strict=True)
    ]
    return found


def _whose(voice: str) -> str:
    return {"own": "of own voice", "quoted": "in quotation marks", "attributed": "of reported speech"}[voice]


def _rate(lexicon: str, category: str, label: str, voice: str = "own") -> Measure:
    return Measure(
        f"loaded.{lexicon}.{category}.own",
        label,
        "per 1,000 words of own voice",
        f"loaded:{lexicon}:{category}:{voice}",
        "words:own",
        1000,
        "higher = more of them",
    )


def _mark_words(batch: AnnotatedBatch, features: Features) -> dict[int, float]:
    """Return the probability of each word that loaded terms cover to be marked by readers, by token."""
    model = read_model()
    found = find_candidates(batch, features, model.sentence.odds(features.values))
    return dict(zip(found.token.tolist(), model.word.probability(found.values).tolist(), strict=True))


def explain(batch: AnnotatedBatch) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield what each feature of each sentence adds to its log odds: (article, "loaded.score", row).

    A row of a lexicon's term gives the term, its place and the probability that readers mark it ("marked"); its
    feature's weight is added once for each unit of it. What a sentence has as a whole (its share of quoted words) has
    rows without a term. With the intercept, the amounts of a sentence add up to its log odds.
    """
    model, features = read_model(), find_features(batch)
    marked = _mark_words(batch, features)
    tokens = batch.tokens
    article = batch.article[batch.sentences]
    probability = model.sentence.probability(features.values)
    matches = find_terms(batch)
    texts = printed(batch, matches.start[features.hits], matches.end[features.hits])
    terms: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for hit, sentence, column, text in zip(
        features.hits.tolist(), features.sentence.tolist(), features.column.tolist(), texts, strict=True
    ):
        start = int(matches.start[hit])
        entry = batch.matcher.entries[matches.entry[hit]]
        terms.setdefault((sentence, column), []).append(
            {
                "text": text,
                "term": entry.term.pattern,
                "category": entry.term.category,
                "voice": VOICES[batch.voices.code[start]],
                "weight": entry.term.weight,
                "section": SECTIONS[batch.section[start]],
                "start": int(tokens.start[start]),
                "end": int(tokens.end[matches.end[hit] - 1]),
                "marked": round(max(marked.get(t, 0.0) for t in range(start, int(matches.end[hit]))), 3),
            }
        )
    for sentence in np.flatnonzero(features.words > 0).tolist():
        amounts = features.values[sentence] * model.sentence.weights
        for column in np.flatnonzero(amounts).tolist():
            yield (
                int(article[sentence]),
                "loaded.score",
                {
                    "sentence": sentence - int(np.searchsorted(article, article[sentence])),
                    "probability": round(float(probability[sentence]), 4),
                    "feature": FEATURES[column],
                    "value": round(float(features.values[sentence, column]), 4),
                    "adds": round(float(amounts[column]), 4),
                    "terms": terms.get((sentence, column), []),
                },
            )
