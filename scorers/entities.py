"""Entity mentions: is each name and value found, with the right extent and type?"""

from __future__ import annotations

from collections import Counter

from onrecord.document import Document, MentionForm

from .counts import Counts, Key, Tally

_Item = tuple[int, int, str]


def count(gold: Document, predicted: Document) -> Counts:
    """``strict`` (extent and type) and ``exact`` (extent alone) over names and values.

    The definitions are SemEval-2013 task 9's (Segura-Bedmar et al.). Equal items are matched
    one to one as multisets, which for equality is the optimal alignment; so a duplicate is
    spurious. Slices: ``type=…``, and ``form=…`` (``strict`` over mentions of that form).
    """
    ours, theirs = _items(gold, "name"), _items(predicted, "name")
    counts: dict[Key, Tally] = {
        ("strict", ""): _tally(ours, theirs),
        ("exact", ""): _tally(_untyped(ours), _untyped(theirs)),
    }
    for kind in sorted({item[2] for item in (*ours, *theirs)}):
        counts["strict", f"type={kind}"] = _tally(_of(ours, kind), _of(theirs, kind))
    forms: tuple[MentionForm, ...] = ("name", "nominal", "pronoun")
    for form in forms:
        tally = _tally(_items(gold, form), _items(predicted, form))
        if tally.gold or tally.predicted:
            counts["strict", f"form={form}"] = tally
    return counts


def _items(document: Document, form: MentionForm) -> Counter[_Item]:
    return Counter(
        (mention.start, mention.end, entity.type)
        for entity in document.entities
        for mention in entity.mentions
        if mention.form == form
    )


def _untyped(items: Counter[_Item]) -> Counter[_Item]:
    return Counter((start, end, "") for start, end, _ in items.elements())


def _of(items: Counter[_Item], kind: str) -> Counter[_Item]:
    return Counter({item: n for item, n in items.items() if item[2] == kind})


def _tally(ours: Counter[_Item], theirs: Counter[_Item]) -> Tally:
    # An empty span is an ungrounded prediction; gold has none, so it matches nothing.
    matched = (ours & theirs).total()
    return Tally(ours.total(), theirs.total(), matched, matched)
