"""What a system gets without understanding: measured, so that nobody takes it for skill.

Each shortcut is scored by the project's own scorers. A benchmark whose planted claims betray
themselves by their wording would show here: the verdicts guessed from words alone would do
better than the commonest verdict does.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from statistics import fmean

import msgspec

from .document import Claim, Document, Quote, Span
from .evaluation import evaluate
from .overlap import words
from .scorers.counts import Tally
from .scorers.fidelity import by_label
from .scorers.verification import LABELS

Guess = Callable[[str], str]
"""A claim's text → a verdict."""
DRAWS = 20
"""Runs over which the verdicts drawn by chance are averaged."""
_MARKED = re.compile(
    r"“[^”\n]+”|‘[^’\n]+’(?!\w)|\"[^\"\n]+\"|«[^»\n]+»|„[^“\n]+“|»[^«\n]+«"
)


def shortcuts(
    splits: Mapping[str, Sequence[Document]],
) -> dict[str, dict[str, float | None]]:
    """Shortcut → split → score, for the splits that nothing was learnt from.

    Verdicts are guessed from the claim's text alone, by what the train split teaches.
    """
    claims = [c for d in splits["train"] for c in d.claims if c.verdict]
    guesses = {
        "verdict: the commonest": [commonest(claims)],
        "verdict: drawn by their shares": [drawn(claims, s) for s in range(DRAWS)],
        "verdict: by the words of the claim": [naive_bayes(claims)],
    }
    held_out = {name: members for name, members in splits.items() if name != "train"}
    measured: dict[str, dict[str, float | None]] = {}
    for name, runs in guesses.items():
        measured[name] = {
            split: fmean(macro_f1(members, guess) for guess in runs)
            for split, members in held_out.items()
        }
    for name, runs in list(guesses.items())[1:]:
        measured[f"{name}, refuted alone"] = {
            split: fmean(by_verdict(members, g)["refuted"].f1 or 0.0 for g in runs)
            for split, members in held_out.items()
        }
    for name, prepare, metric in (
        ("speaker: the nearest name", nearest_names, "speaker_entity"),
        ("quotes: all that stands in marks", marked_quotes, "iou50"),
        ("quotes: the longest in marks of each line", longest_marks, "iou50"),
    ):
        measured[name] = {
            split: _score(members, prepare, "quotes", metric)
            for split, members in held_out.items()
        }
    return measured


def _score(
    gold: Sequence[Document],
    system: Callable[[Document], Document],
    task: str,
    metric: str,
) -> float | None:
    report = evaluate(gold, {d.id: system(d) for d in gold}, [task])
    row = report.tasks[task].metrics[metric]
    return row.get("f1", row.get("value"))


def commonest(claims: Iterable[Claim]) -> Guess:
    """Always the verdict that most of ``claims`` have."""
    counts = Counter(c.verdict for c in claims if c.verdict)
    best = min(counts, key=lambda verdict: (-counts[verdict], verdict))
    return lambda text: best


def drawn(claims: Iterable[Claim], seed: int) -> Guess:
    """A verdict drawn as often as ``claims`` have it: what chance alone gets."""
    verdicts = sorted(c.verdict for c in claims if c.verdict)
    return lambda text: random.Random(f"{seed} {text}").choice(verdicts)


def naive_bayes(claims: Iterable[Claim]) -> Guess:
    """Multinomial naive Bayes over a claim's words, add-one smoothed (McCallum & Nigam 1998).

    Words that no claim taught with are left out, as in scikit-learn.
    """
    seen: dict[str, Counter[str]] = {}
    claims_of: Counter[str] = Counter()
    for claim in claims:
        if claim.verdict:
            claims_of[claim.verdict] += 1
            seen.setdefault(claim.verdict, Counter()).update(words(claim.text))
    known = {word for counts in seen.values() for word in counts}

    def score(verdict: str, text: str) -> float:
        counts = seen[verdict]
        size = counts.total() + len(known)
        found = (w for w in words(text) if w in known)
        prior = log(claims_of[verdict] / claims_of.total())
        return prior + sum(log((counts[w] + 1) / size) for w in found)

    return lambda text: max(sorted(seen), key=lambda verdict: score(verdict, text))


def by_verdict(documents: Iterable[Document], guess: Guess) -> dict[str, Tally]:
    """The sums of each verdict for a system that answers gold claims by their texts."""
    sums = {verdict: Tally() for verdict in LABELS}
    for claim in (c for d in documents for c in d.claims):
        if claim.verdict:
            for verdict, tally in by_label(claim.verdict, guess(claim.text)).items():
                sums[verdict] += tally
    return sums


def macro_f1(documents: Iterable[Document], guess: Guess) -> float:
    """The ``verdict`` of verification: the mean F1 of the verdicts that are there or guessed."""
    found = [tally.f1 for tally in by_verdict(documents, guess).values()]
    return fmean(f1 for f1 in found if f1 is not None)


def nearest_names(document: Document) -> Document:
    """Gold quotes, each given to the person or organisation named nearest to its content."""
    names = [
        (mention.span, entity.id)
        for entity in document.entities
        if entity.type in ("PERSON", "ORG")
        for mention in entity.mentions
        if mention.form == "name"
    ]

    def speaker(quote: Quote) -> str | None:
        if not names:
            return None
        start, end = quote.content[0].start, quote.content[-1].end
        return min(names, key=lambda name: (_gap(name[0], start, end), name[0]))[1]

    quotes = tuple(
        msgspec.structs.replace(q, speaker=speaker(q)) for q in document.quotes
    )
    return msgspec.structs.replace(document, quotes=quotes)


def _gap(span: Span, start: int, end: int) -> int:
    """Characters between a span and a stretch; inside it counts as right beside it."""
    return max(span.start - end, start - span.end, 0)


def marked_quotes(document: Document) -> Document:
    """A direct quote for whatever stands between quotation marks."""
    return _quoting(document, [_span(m) for m in _MARKED.finditer(document.text)])


def longest_marks(document: Document) -> Document:
    """A direct quote for the longest stretch between marks of each line."""
    found: list[Span] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        inside = [_span(m, start) for m in _MARKED.finditer(line)]
        found += sorted(inside, key=lambda s: (s.start - s.end, s.start))[:1]
        start += len(line)
    return _quoting(document, found)


def _span(match: re.Match[str], shift: int = 0) -> Span:
    return Span(match.start() + shift, match.end() + shift)


def _quoting(document: Document, contents: Sequence[Span]) -> Document:
    quotes = tuple(
        Quote(f"m{i}", "direct", (span,), (span,)) for i, span in enumerate(contents)
    )
    return msgspec.structs.replace(document, quotes=quotes, claims=())
