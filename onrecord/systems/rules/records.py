"""Drafts → the project's quote records, sound by the meaning rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.document import Quote, QuoteType, Span, SpeakerKind

from .cast import Character
from .drafts import Draft
from .sources import Scene

Speaker = tuple[Character | None, SpeakerKind]


def to_quotes(
    scene: Scene,
    drafts: Sequence[Draft],
    speakers: Sequence[Speaker],
    hearers: Sequence[Character | None],
    ids: dict[Character, str],
) -> tuple[tuple[Quote, ...], list[int]]:
    """The quotes by place, and the index of each one's draft."""
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].content[0], i))
    contents = [_united(draft.content) for draft in drafts]
    names = {index: f"q{number}" for number, index in enumerate(order, 1)}
    parents = _parents(drafts, contents)
    quotes = []
    for index in order:
        draft, (speaker, kind) = drafts[index], speakers[index]
        parent = parents[index]
        hearer = hearers[index]
        quotes.append(
            _quote(scene, draft, contents[index], names[index], ids[speaker] if speaker else None, kind,
                   ids[hearer] if hearer else None, None if parent is None else names[parent])
        )  # fmt: skip
    return tuple(quotes), order


def _quote(
    scene: Scene,
    draft: Draft,
    content: tuple[Span, ...],
    name: str,
    speaker: str | None,
    kind: SpeakerKind,
    hearer: str | None,
    parent: str | None,
) -> Quote:
    direct = tuple(d for d in _united(draft.direct) if _inside(d, content))
    cue = (draft.cue,) if draft.cue and not _touches(draft.cue, content) else ()
    source: tuple[Span, ...] = ()
    if draft.source and speaker:
        span = scene.reading.span(draft.source.first, draft.source.last)
        source = () if _touches(span, content) else (span,)
    made: QuoteType = (
        "indirect" if not direct else "direct" if direct == content else "mixed"
    )
    return Quote(
        name, made, content, direct, cue, source, speaker, kind, hearer, parent,
        draft.negated, draft.hypothetical,
    )  # fmt: skip


def _united(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In the order of the text; what overlaps becomes one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _inside(span: Span, content: Sequence[Span]) -> bool:
    """Whether one part of the content, which is in order, holds all of the span."""
    at = bisect_right(content, span.start, key=lambda c: c.start) - 1
    return at >= 0 and span.end <= content[at].end


def _touches(span: Span, content: Sequence[Span]) -> bool:
    at = bisect_left(content, span.end, key=lambda c: c.start) - 1
    return at >= 0 and span.start < content[at].end


def _parents(
    drafts: Sequence[Draft], contents: Sequence[tuple[Span, ...]]
) -> list[int | None]:
    """The quote in whose content each is reported, if it lies there with its cue."""
    by_place: dict[tuple[int, int], list[int]] = {}
    for index, draft in enumerate(drafts):
        by_place.setdefault(draft.place, []).append(index)
    found: list[int | None] = []
    for index, draft in enumerate(drafts):
        near = by_place[draft.place] if draft.parent is None else [draft.parent]
        fitting = [
            other
            for other in near
            if other != index
            and _size(contents[other]) > _size(contents[index])
            and all(_inside(span, contents[other]) for span in contents[index])
            and (draft.cue is None or _inside(draft.cue, contents[other]))
        ]
        found.append(min(fitting, key=lambda o: (_size(contents[o]), o), default=None))
    return found


def _size(content: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in content)
