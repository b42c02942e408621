"""A claim's own sentence: names for pronouns, no attribution, no quotation marks."""

from __future__ import annotations

from .cast import Character
from .clauses import Clause
from .cues import is_finite
from .lexicon import union, words
from .reading import Reading
from .sources import Scene

_LONGEST = 600
_SHORT_FORMS = {"'m": "is", "'ve": "has", "'ll": "will", "'re": "is"}
_OWN_BODY = frozenset({"we", "it", "its"})


def standalone(
    scene: Scene, clause: Clause, speaker: Character | None, *, negate: bool = False
) -> str | None:
    """The clause as a sentence that stands by itself; ``None`` where that needs guessing."""
    reading = scene.reading
    lows = [reading.low(i) for i in range(clause.first, clause.last)]
    name = speaker.name if speaker else None
    person = speaker is not None and speaker.type == "PERSON"
    if any(low in ("you", "your", "us", "ours") for low in lows):
        return None
    first_person = any(low in words("first_pronouns") for low in lows)
    if first_person and not (name and person and _can_turn(lows)):
        return None
    if any(low in ("we", "our") for low in lows) and (person or not name):
        return None
    dangling = lows[0] in words("pointing") and not (
        lows[0] in _OWN_BODY and name and not person
    )
    if dangling:
        return None
    words_out = _words(scene, clause, name)
    if words_out is None:
        return None
    text = _joined(words_out)
    if negate:
        text = _negated(text)
    if not text or len(text) > _LONGEST:
        return None
    stop = "" if text.endswith((".", "!", "…")) else "."
    return text[0].upper() + text[1:] + stop


def _can_turn(lows: list[str]) -> bool:
    """Whether "I" can become a name with no change to a present-tense verb."""
    for at, low in enumerate(lows[:-1]):
        if low == "i":
            verb = next((w for w in lows[at + 1 :] if w not in words("adverbs")), "")
            known = union("irregular_pasts", "auxiliaries") | {"'m", "'ve", "'ll"}
            past = verb.endswith("ed") or verb in known
            if not past or verb in ("do", "don't"):
                return False
    return True


def _words(
    scene: Scene, clause: Clause, name: str | None
) -> list[tuple[str, bool]] | None:
    """The words with their spacing, pronouns replaced."""
    reading, found = scene.reading, list[tuple[str, bool]]()
    first_turned = gap = opened = False
    for i in range(clause.first, clause.last):
        token = reading.tokens[i]
        text, low = token.text, token.low
        spaced = (reading.spaced(i) or gap) and i > clause.first
        gap = _is_mark(reading, i, spaced=spaced, opened=opened)
        if gap:
            opened = text in "'‘" and not opened
            gap = spaced
            continue
        if low in words("first_pronouns") and name:
            text = f"{name}’s" if low in ("my", "mine") else name
            first_turned = low == "i"
        elif low in ("we", "our") and name:
            text = f"{name}’s" if low == "our" else name
            first_turned = low == "we"
        elif first_turned and low in ("am", "are", "have", "'m", "'ve", "'re", "'ll"):
            text = {"am": "is", "are": "is", "have": "has"}.get(low) or _SHORT_FORMS[
                low
            ]
            found.append((text, True))
            first_turned = False
            continue
        elif i == clause.first and low in ("he", "she", "his", "her", "it", "its"):
            owner = _referent(scene, i) or (name if low in ("it", "its") else None)
            if owner is None:
                return None
            text = f"{owner}’s" if low in ("his", "her", "its") else owner
        found.append((text, spaced))
        first_turned = first_turned and not is_finite(low)
    return found


def _is_mark(reading: Reading, at: int, *, spaced: bool, opened: bool) -> bool:
    """Quotation marks leave the sentence; an apostrophe after a plural stays."""
    token = reading.tokens[at]
    if token.kind != "other":
        return False
    return token.text in '“”"„«»‹›‘' or (token.text in "'’" and (spaced or opened))


def _referent(scene: Scene, token: int) -> str | None:
    character = scene.cast.owner.get(scene.reading.span(token, token + 1))
    return character.name if character else None


def _joined(parts: list[tuple[str, bool]]) -> str:
    text = "".join((" " if spaced else "") + word for word, spaced in parts)
    return " ".join(text.split()).strip(" ,;:—–-")


def _negated(text: str) -> str:
    parts = text.split(" ")
    for at, word in enumerate(parts):
        if word.lower() in words("plain_auxiliaries"):
            if "not" in parts[at + 1 : at + 3]:
                break
            return " ".join([*parts[: at + 1], "not", *parts[at + 1 :]])
        if is_finite(word.lower()):
            break
    return f"it is not true that {text}"


def office(scene: Scene, character: Character, first: int, last: int) -> str | None:
    """ "Colm Hegarty is the operations manager of Leeward Harbour Lines." """
    reading: Reading = scene.reading
    lows = [reading.low(i) for i in range(first, last)]
    end = last
    if reading.low(last) in ("of", "at", "for"):
        for name, _ in scene.named(last + 1, min(last + 8, len(reading.tokens))):
            if name.first - last <= 2:
                end = name.last
            break
    text = reading.words(first, end)
    opens_low = all(t.text[:1].islower() for t in reading.tokens[first + 1 : last])
    if lows[0] in words("determiners") or (
        lows[0] in words("title_modifiers") and opens_low
    ):
        text = text[0].lower() + text[1:]
    possessed = "'s" in lows[:4] or lows[0] in words("possessives")
    if lows[0] in words("possessives"):
        return None
    article = "" if possessed or lows[0] in words("determiners") else "the "
    return f"{character.name} is {article}{text}."
