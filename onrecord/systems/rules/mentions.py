"""Names → characters, with the titles and appositions that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from .cast import Cast, Character
from .cues import is_cue_word, is_finite
from .kinds import Kind, kind_of
from .lexicon import given_names, places, union, words
from .phrases import collect_before
from .reading import Reading
from .runs import Name


def cast_names(reading: Reading, names: Sequence[Name]) -> tuple[Cast, list[Character]]:
    """The characters of the names, one character a name."""
    cast = Cast(reading.text)
    kinds = _agreed(reading, names)
    by_key: dict[str, Character] = {}
    for name in sorted(names, key=lambda n: (n.first - n.last, n.first)):
        text = reading.words(name.first, name.last)
        kind = kinds[text.lower()]
        place = (
            places().get(text.lower()) if kind.type in ("GPE", "NORP", "ORG") else None
        )
        full = place.name if place else text
        character = by_key.get(full.lower()) or _short_form(
            by_key, name, text, kind, reading
        )
        if character is None:
            character = cast.new(kind.type, _titled(text) if name.label else full)
            _learn(by_key, character, full, text)
        by_key.setdefault(text.lower(), character)
        by_key.setdefault(full.lower(), character)
        _note_gender(character, name, reading)
    found = [by_key[reading.words(n.first, n.last).lower()] for n in names]
    for index, (name, character) in enumerate(zip(names, found, strict=True)):
        span = reading.span(name.first, name.last)
        country = _stands_for(reading, name, names, index)
        if country:
            character = by_key.get(country.lower()) or cast.new("GPE", country)
            by_key[country.lower()] = character
        cast.mention(character, span, "name", bool(country))
    return cast, found


def _agreed(reading: Reading, names: Sequence[Name]) -> dict[str, Kind]:
    """One type for all mentions with the same words: the surest, then the first."""
    kinds: dict[str, Kind] = {}
    for name in names:
        text, kind = (
            reading.words(name.first, name.last).lower(),
            kind_of(reading, name),
        )
        if text not in kinds or kind.strength > kinds[text].strength:
            kinds[text] = kind
    return kinds


def _titled(text: str) -> str:
    return text.title() if text.isupper() else text


def _learn(
    by_key: dict[str, Character], character: Character, full: str, text: str
) -> None:
    """The short forms by which a full name may be taken up again."""
    parts = full.split()
    if character.type == "PERSON" and len(parts) > 1:
        surname = parts[-1].lower()
        if surname in ("jr.", "jr", "sr.") and len(parts) > 2:
            surname = parts[-2].lower().rstrip(",")
        by_key.setdefault(f"surname:{surname}", character)
        by_key.setdefault(f"given:{parts[0].lower()}", character)
        if len(parts) > 2:
            by_key.setdefault(f"surname:{' '.join(parts[-2:]).lower()}", character)
    elif character.type in ("ORG", "FAC", "PRODUCT", "LOC", "EVENT", "LAW"):
        capitals = [p for p in parts if p[:1].isupper()]
        if len(capitals) > 1:
            by_key.setdefault(
                "short:" + "".join(p[0] for p in capitals).lower(), character
            )
            by_key.setdefault(f"short:{parts[0].lower()}", character)
            by_key.setdefault(f"short:{' '.join(parts[:-1]).lower()}", character)
            by_key.setdefault(f"short:{parts[-1].lower()}", character)


def _short_form(
    by_key: dict[str, Character], name: Name, text: str, kind: Kind, reading: Reading
) -> Character | None:
    low = text.lower()
    person = by_key.get(f"surname:{low}")
    if person and (kind.type == "PERSON" or kind.strength < 3):
        return person
    if kind.type == "PERSON" and not name.honorific:
        return by_key.get(f"given:{low}") if name.last - name.first == 1 else None
    if kind.strength < 3 and reading.low(name.first) not in given_names():
        known = by_key.get(f"short:{low}")
        # "in Halden" is no short form of "Halden Herald"
        return (
            known
            if (known and kind.strength < 2) or (known and known.type == kind.type)
            else None
        )
    return None


def _note_gender(character: Character, name: Name, reading: Reading) -> None:
    if character.type != "PERSON" or character.gender:
        return
    if name.honorific in words("male_honorifics"):
        character.gender = "male"
    elif name.honorific in words("female_honorifics"):
        character.gender = "female"
    else:
        character.gender = given_names().get(reading.low(name.first), "")


def _stands_for(
    reading: Reading, name: Name, names: Sequence[Name], index: int
) -> str | None:
    """The country for whose government a capital stands here."""
    country = _capital_of(reading, name)
    if country is None:
        return None
    before, after = reading.low(name.first - 1), reading.low(name.last)
    owns = after == "'s" and reading.low(name.last + 1) in words("political_nouns")
    owns |= after == "'s" and reading.low(name.last + 2) in words("political_nouns")
    free = before not in union("prepositions", "determiners")
    acts = (
        free and (is_cue_word(after) or is_finite(after)) and after not in ("was", "is")
    )
    pair = False
    for other in (index - 1, index + 1):
        if 0 <= other < len(names) and _capital_of(reading, names[other]):
            first, second = sorted((name, names[other]))
            linked = second.first - first.last == 1 and reading.low(first.last) == "and"
            pair |= linked and reading.low(first.first - 1) in ("between", "both")
    return country if owns or acts or pair else None


def _capital_of(reading: Reading, name: Name) -> str | None:
    place = places().get(reading.words(name.first, name.last).lower())
    return place.capital_of if place else None


def add_descriptions(
    reading: Reading, cast: Cast, names: Sequence[Name], found: Sequence[Character]
) -> None:
    """Titles before names and appositions after them, as nominal mentions."""
    for name, character in zip(names, found, strict=True):
        if character.type == "PERSON":
            _title_before(reading, cast, name, character)
        if character.type in ("PERSON", "ORG"):
            _apposed_to(reading, cast, name, character)
        if character.type in ("PERSON", "ORG", "PRODUCT"):
            _apposition(reading, cast, name, character)


def _title_before(
    reading: Reading, cast: Cast, name: Name, character: Character
) -> None:
    first = name.title
    head = name.first - 1
    if first is None and head >= 0 and reading.low(head) in union("roles", "titles"):
        if reading.tokens[head].kind != "word" or reading.low(head) in words(
            "honorifics"
        ):
            return
        first = head
    if first is None:
        return
    begin = reading.sentences[reading.sentence_of[first]][0]
    last = name.first
    while last > first and reading.low(last - 1) in words("honorifics"):
        last -= 1
    phrase = collect_before(reading, last, begin)
    start = min(first, phrase.first) if phrase else first
    for at in range(last - 1, start - 1, -1):
        if reading.low(at) in words("prepositions") or is_finite(reading.low(at)):
            start = at + 1
            break
    if last > start:
        head_noun = reading.low(last - 1)
        cast.call(character, head_noun)
        _gender_by_role(character, head_noun)
        cast.mention(character, reading.span(start, last), "nominal")


def _apposed_to(reading: Reading, cast: Cast, name: Name, character: Character) -> None:
    """ "His lawyer, Rosa Quint, …": a description right before the name and its comma."""
    head = name.first - 2
    while head > 0 and reading.low(head + 1) in words("honorifics"):
        head -= 1
    if head < 1 or reading.low(head + 1) != ",":
        return
    if (
        reading.low(head) not in union("roles", "titles")
        or reading.low(name.last).isalpha()
    ):
        return
    for first in range(head - 1, max(head - 7, -1), -1):
        token = reading.tokens[first]
        if token.low in union("determiners", "possessives"):
            begin = reading.sentences[reading.sentence_of[first]][0]
            if first == begin or reading.low(first - 1) != "'s":
                cast.call(character, reading.low(head))
                _gender_by_role(character, reading.low(head))
                cast.mention(character, reading.span(first, head + 1), "nominal")
            return
        if token.kind == "other" or token.low in words("prepositions"):
            return


def _gender_by_role(character: Character, head: str) -> None:
    if not character.gender and head in words("female_roles"):
        character.gender = "female"
    elif not character.gender and head in words("male_roles"):
        character.gender = "male"


def _apposition(reading: Reading, cast: Cast, name: Name, character: Character) -> None:
    at = name.last
    if reading.low(at) != ",":
        return
    at += 1
    if reading.low(at).isdigit() and reading.low(at + 1) == ",":
        at += 2
    end = nominal_end(reading, at)
    if end <= at:
        return
    head = reading.low(end - 1)
    wanted = union("roles", "titles") if character.type == "PERSON" else words("bodies")
    if head in wanted or (
        character.type == "PRODUCT" and head in words("product_markers")
    ):
        cast.call(character, head)
        _gender_by_role(character, head)
        cast.mention(character, reading.span(at, end), "nominal")


def nominal_end(reading: Reading, at: int) -> int:
    """Where the simple nominal that begins at ``at`` ends, after its head; ``at`` if none."""
    first = at
    stop = union(
        "prepositions", "relatives", "auxiliaries", "conjunctions", "speaker_pronouns"
    )
    count = len(reading.tokens)
    while at < count and at - first < 9:
        token = reading.tokens[at]
        if token.kind == "other" or token.low in stop or is_finite(token.low):
            break
        if at > first and token.low in words("determiners"):
            break
        at += 1
        following = reading.tokens[at] if at < count else None
        ends = token.low in words("roles") and following and following.kind == "word"
        if (
            ends
            and following
            and following.low not in union("roles", "titles", "bodies")
        ):
            break
    return at
