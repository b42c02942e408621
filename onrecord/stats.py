"""The corpus measured: is its variety there, or only claimed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median
from typing import get_args

import msgspec

from .document import (
    ClaimKind,
    Document,
    EntityType,
    Quote,
    QuoteType,
    Verdict,
)
from .overlap import Overlap, overlaps, repeated_openings, shared_names, words
from .systems.rules.lexicon import cue_forms

WINDOW = 100
"""Words over which the type-token ratio is taken, since it falls with length."""


class Group(msgspec.Struct, frozen=True):
    """One set of documents; shares are of the set's quotes, ``None`` where it has none."""

    documents: int
    words: int
    median_words: float
    words_a_sentence: float | None
    type_token_ratio: float | None
    """Mean over windows of ``WINDOW`` words of the share of different words."""
    quotes: int
    types: dict[str, float | None]
    """Share of quotes by type."""
    pronoun_sources: float | None
    """Share of quotes whose source in the text is a pronoun."""
    no_source: float | None
    """Share of quotes without a source in the text."""
    discontinuous: float | None
    nested: float | None
    claims: int
    kinds: dict[str, int]
    verdicts: dict[str, int]
    entities: dict[str, int]
    """Mentions by type."""


class Stats(msgspec.Struct, frozen=True):
    """What ``onrecord stats`` tells."""

    groups: dict[str, Group]
    """``all``, ``split=…``, ``style=…``."""
    cues: dict[str, int]
    """Base form of a verb of speech, or another cue's words → quotes, the most frequent first."""
    phenomena: dict[str, int]
    """Code → documents that hold it."""
    overlaps: list[Overlap]
    openings: dict[str, list[str]]
    names: dict[str, list[str]]


def stats(splits: Mapping[str, Sequence[Document]]) -> Stats:
    """Measure a corpus given by split."""
    documents = [d for members in splits.values() for d in members]
    groups = {"all": group(documents)}
    groups |= {f"split={split}": group(members) for split, members in splits.items()}
    styles = _by(documents, lambda d: d.style or "none")
    groups |= {f"style={style}": group(found) for style, found in styles.items()}
    codes = Counter(code for d in documents for code in d.phenomena)
    return Stats(
        groups,
        _ranked(cue(d, q) for d in documents for q in d.quotes if q.cue),
        _ranked(codes.elements()),
        overlaps(documents),
        repeated_openings(documents),
        shared_names(documents),
    )


def _by(
    documents: Iterable[Document], key: Callable[[Document], str]
) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:
        found.setdefault(key(document), []).append(document)
    return dict(sorted(found.items()))


def _ranked(items: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(items).items(), key=lambda pair: (-pair[1], pair[0])))


def group(documents: Sequence[Document]) -> Group:
    """Measure a set of documents."""
    texts = [words(d.text) for d in documents]
    sentences = [len(words(d.words([s]))) for d in documents for s in d.sentences]
    quotes = [(d, q) for d in documents for q in d.quotes]
    claims = [claim for d in documents for claim in d.claims]
    ratios = [ratio for text in texts for ratio in _ratios(text)]
    return Group(
        documents=len(documents),
        words=sum(map(len, texts)),
        median_words=median(map(len, texts)) if texts else 0,
        words_a_sentence=fmean(sentences) if sentences else None,
        type_token_ratio=fmean(ratios) if ratios else None,
        quotes=len(quotes),
        types={t: _share(quotes, _is_type(t)) for t in get_args(QuoteType)},
        pronoun_sources=_share(quotes, _pronoun_source),
        no_source=_share(quotes, lambda d, q: not q.source),
        discontinuous=_share(quotes, lambda d, q: len(q.content) > 1),
        nested=_share(quotes, lambda d, q: q.parent is not None),
        claims=len(claims),
        kinds=_counts((c.kind for c in claims), get_args(ClaimKind)),
        verdicts=_counts((c.verdict for c in claims if c.verdict), get_args(Verdict)),
        entities=_counts(
            (e.type for d in documents for e in d.entities for _ in e.mentions),
            [t for part in get_args(EntityType) for t in get_args(part) or (part,)],
        ),
    )


def _ratios(text: Sequence[str]) -> list[float]:
    """Of each whole window of a text, the share of its words that are different."""
    starts = range(0, len(text) - WINDOW + 1, WINDOW)
    return [len(set(text[i : i + WINDOW])) / WINDOW for i in starts]


def _share(
    quotes: Sequence[tuple[Document, Quote]], holds: Callable[[Document, Quote], bool]
) -> float | None:
    return sum(holds(d, q) for d, q in quotes) / len(quotes) if quotes else None


def _is_type(name: str) -> Callable[[Document, Quote], bool]:
    return lambda document, quote: quote.type == name


def _pronoun_source(document: Document, quote: Quote) -> bool:
    speaker = document.entity(quote.speaker)
    pronouns = (
        {m.span for m in speaker.mentions if m.form == "pronoun"} if speaker else ()
    )
    return any(span in pronouns for span in quote.source)


def _counts(items: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    found = Counter(items)
    return {name: found[name] for name in names}


def cue(document: Document, quote: Quote) -> str:
    """A quote's cue for counting: the base form of its verb of speech, else its words.

    Of a verb group ("has repeatedly denied") it is the last verb that is one of speech.
    """
    found = words(document.words(quote.cue))
    forms = [cue_forms()[w].lemma for w in found if w in cue_forms()]
    return forms[-1] if forms else " ".join(found) or document.words(quote.cue)
