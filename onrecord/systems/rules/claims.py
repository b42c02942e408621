"""Claims: what the author states, and what the quoted sources state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.document import AUTHOR, Claim, ClaimKind, Quote, Span

from .cast import Character
from .clauses import (
    Clause,
    is_checkable,
    is_weighty,
    kind_of_claim,
    split_clauses,
    trim,
)
from .drafts import Draft
from .lexicon import words
from .sources import Scene
from .stretches import Stretch, after_dateline, sentences
from .values import Value
from .wording import office, standalone


@dataclass(frozen=True)
class Statement:
    """A claim before its number."""

    spans: tuple[Span, ...]
    text: str
    kind: ClaimKind
    check_worthy: bool
    claimant: str | None = AUTHOR
    quote: str | None = None


@dataclass(frozen=True)
class Spoken:
    """A quote with its draft and speaker."""

    quote: Quote
    draft: Draft
    speaker: Character | None


def find_claims(
    scene: Scene,
    paragraphs: Sequence[Stretch],
    spoken: Sequence[Spoken],
    values: tuple[Value, ...],
) -> tuple[Claim, ...]:
    """Every claim of an article, by place."""
    found = list(_by_author(scene, paragraphs, spoken, values))
    nested = _nested_cues(scene, spoken)
    for item in spoken:
        found += _by_source(scene, item, nested.get(item.quote.id, []), values)
    found += _offices(scene)
    merged = _merged(scene, sorted(found, key=lambda s: (s.spans, s.text)))
    return tuple(
        Claim(f"c{n}", s.text, s.spans, s.claimant, s.quote, s.kind, s.check_worthy)
        for n, s in enumerate(merged, 1)
    )


def _by_author(
    scene: Scene,
    paragraphs: Sequence[Stretch],
    spoken: Sequence[Spoken],
    values: tuple[Value, ...],
) -> Iterator[Statement]:
    quoted: dict[int, list[Spoken]] = {}
    taken = bytearray(len(scene.reading.tokens))
    for item in spoken:
        for span in item.quote.content:
            begin, end = scene.reading.at(span.start), scene.reading.at(span.end)
            taken[begin:end] = b"\1" * (end - begin)
        if item.quote.parent is None:
            quoted.setdefault(item.draft.place[0], []).append(item)
    for stretch in paragraphs:
        section = scene.reading.kind_of_section(
            scene.reading.tokens[stretch.first].start
        )
        if section in ("byline", "note"):
            continue
        for sentence in sentences(stretch):
            inside = quoted.get(sentence.first, [])
            last = _own_words_end(scene, inside) if inside else sentence.last
            first = after_dateline(scene.reading, sentence.first, sentence.last)
            if last is not None and last > first and not any(taken[first:last]):
                for clause in split_clauses(scene.reading, first, last):
                    yield from _statement(scene, clause, values)


def _own_words_end(scene: Scene, inside: Sequence[Spoken]) -> int | None:
    """The end of the author's clause before ", saying …"; ``None`` when there is none."""
    first = min(inside, key=lambda item: item.quote.content[0])
    if not first.quote.cue or first.quote.cue[0].start > first.quote.content[0].start:
        return None
    at = scene.reading.at(first.quote.cue[0].start)
    word = scene.reading.low(at)
    participle = word.endswith("ing") and scene.reading.low(at - 1) in (",", "and")
    return at - 1 if participle else None


def _statement(
    scene: Scene,
    clause: Clause,
    values: tuple[Value, ...],
    item: Spoken | None = None,
) -> Iterator[Statement]:
    if clause.last - clause.first < 3 or not is_checkable(scene, clause, values):
        return
    negate = item is not None and item.draft.lemma == "deny"
    text = standalone(scene, clause, item.speaker if item else None, negate=negate)
    if text is None:
        return
    kind = kind_of_claim(
        scene, clause, values, reported=item is not None and not item.quote.direct
    )
    span = scene.reading.span(clause.first, clause.last)
    worthy = is_weighty(scene, clause, kind, values)
    statement = Statement((span,), text, kind, worthy)
    if item:
        statement = replace(statement, claimant=item.quote.speaker, quote=item.quote.id)
    yield statement


def _by_source(
    scene: Scene, item: Spoken, inside: Sequence[int], values: tuple[Value, ...]
) -> Iterator[Statement]:
    """The checkable clauses of a quote's content."""
    quote, lemma = item.quote, item.draft.lemma
    denied = lemma == "deny" and not _doubly_negated(scene, quote)
    if (
        quote.hypothetical
        or lemma in words("asking_verbs")
        or (quote.negated and not denied)
    ):
        return
    reading = scene.reading
    for part in quote.content:
        first, last = reading.at(part.start), reading.at(part.end)
        opening = reading.low(first)
        if opening == "to" and lemma in words("promising_verbs"):
            yield from _promise(scene, Clause(first, last), item)
        if opening in words("not_stating"):
            continue
        first += opening == "that"
        for begin, end in _sentences(scene, first, last):
            asked = "?" in (reading.low(end - 1), reading.low(end - 2))
            if asked or any(begin <= i < end for i in inside):
                continue
            for clause in split_clauses(reading, begin, end):
                yield from _statement(scene, trim(reading, *clause), values, item)


def _doubly_negated(scene: Scene, quote: Quote) -> bool:
    cue = scene.reading.text[quote.cue[0].start : quote.cue[0].end] if quote.cue else ""
    return bool(re.search(r"\b(?:not|never)\b|n[’']t", cue))


def _nested_cues(scene: Scene, spoken: Sequence[Spoken]) -> dict[str, list[int]]:
    """Quote → the tokens where cues of quotes inside it begin."""
    found: dict[str, list[int]] = {}
    for item in spoken:
        if item.quote.parent and item.quote.cue:
            at = scene.reading.at(item.quote.cue[0].start)
            found.setdefault(item.quote.parent, []).append(at)
    return found


def _sentences(scene: Scene, first: int, last: int) -> Iterator[tuple[int, int]]:
    owner = scene.reading.sentence_of
    begin = first
    for at in range(first + 1, last):
        if owner[at] != owner[at - 1]:
            yield begin, at
            begin = at
    if begin < last:
        yield begin, last


def _promise(scene: Scene, clause: Clause, item: Spoken) -> Iterator[Statement]:
    """ "promised to rehire them": a prediction of what the speaker will do."""
    reading, speaker = scene.reading, item.speaker
    trimmed = trim(reading, clause.first + 1, clause.last)
    if trimmed.last - trimmed.first < 2 or speaker is None or speaker.name is None:
        return
    promised = reading.words(trimmed.first, trimmed.last)
    if len(promised) > 500:
        return
    plain = re.sub('[“”"„«»]', "", promised)
    span = reading.span(clause.first, trimmed.last)
    text = f"{speaker.name} will {' '.join(plain.split())}."
    yield Statement(
        (span,), text, "prediction", True, item.quote.speaker, item.quote.id
    )


def _offices(scene: Scene) -> Iterator[Statement]:
    """The office or role of each named person, where it first stands beside the name."""
    reading = scene.reading
    for character in scene.cast.characters:
        if character.type != "PERSON" or character.name is None:
            continue
        for span in sorted(
            s for s, m in character.mentions.items() if m[0] == "nominal"
        ):
            first, last = reading.at(span.start), reading.at(span.end)
            beside = _beside(scene, character, first, last)
            if beside is None or reading.low(last - 1) in words("plain_roles"):
                continue
            text = office(scene, character, first, last)
            if text:
                yield Statement((beside,), text, "state", False)
            break


def _beside(scene: Scene, character: Character, first: int, last: int) -> Span | None:
    """The name and the description together, when they stand side by side."""
    for name, other in scene.named(max(0, first - 8), last + 6):
        if other is not character:
            continue
        start, end = min(first, name.first), max(last, name.last)
        between = range(min(last, name.last), max(first, name.first))
        if all(
            scene.reading.low(i) == "," or scene.reading.low(i).isdigit()
            for i in between
        ):
            return scene.reading.span(start, end)
    return None


def _merged(scene: Scene, found: Sequence[Statement]) -> list[Statement]:
    """A headline's statement that the text repeats becomes one claim with both places."""
    kept: list[Statement] = []
    headlines: list[int] = []
    for statement in found:
        twin = next((i for i in headlines if _same(kept[i], statement)), None)
        if twin is None:
            place = statement.spans[0].start
            if scene.reading.kind_of_section(place) == "headline":
                headlines.append(len(kept))
            kept.append(statement)
        else:
            spans = tuple(sorted({*kept[twin].spans, *statement.spans}))
            kept[twin] = replace(statement, spans=spans)
            headlines.remove(twin)
    return kept


def _same(headline: Statement, other: Statement) -> bool:
    if (headline.claimant, headline.quote) != (other.claimant, other.quote):
        return False
    if headline.spans[0].end > other.spans[0].start:
        return False
    first, second = _content_words(headline.text), _content_words(other.text)
    numbers = {w for w in first if w[0].isdigit()} <= {
        w for w in second if w[0].isdigit()
    }
    return numbers and len(first) > 1 and len(first & second) >= 0.6 * len(first)


def _content_words(text: str) -> set[str]:
    return {
        w[:5] for w in re.findall(r"\w+", text.lower()) if len(w) > 3 or w.isdigit()
    }
