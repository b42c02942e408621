"""When do two sentences state the same claim? By words, and by what makes like words differ.

A model-free matcher: the Dice coefficient of the content words, and 0 where a number, a name, a
direction or the polarity of one contradicts the other. A model may stand in for it: see
:class:`Matcher`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*|%")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_SCALE = re.compile(r"\s*(bn|billion|mn?|million|k|thousand)\b")
_SCALES = {"b": "e9", "m": "e6", "k": "e3", "t": "e3"}
_EMPTY = frozenset(
    """a an the of to in on at for by with from and or that which who as is was are were be
    been being has had have having its it his her hers their theirs this these those will would
    he she they them him there into than then some any do does did no not nor what when where
    while also such about around roughly approximately s""".split()
)
_TITLES = frozenset(
    "mr mrs ms dr captain capt judge president sir chief the a an in on at after".split()
)
_NEGATORS = frozenset(
    """not no never none nobody nothing neither nor without cannot nowhere unable fail fails
    failed failing failure refuse refuses refused refusing refusal decline declines declined
    deny denies denied denying reject rejects rejected rejecting lack lacks lacked unanswered
    silent impossible yet""".split()
)
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh
    twelfth""".split()
_VALUES = (
    {word: value for value, word in enumerate(_UNITS)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {word: value for value, word in enumerate(_ORDINALS, 1) if value > 3}
)
_MONTHS = """january february march april may june july august september october november
    december""".split()
_SHORT_MONTHS = {m[:size]: m for m in _MONTHS for size in (3, 4) if m[:size] != "mar"}
_OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(a.split()), frozenset(b.split()))
    for a, b in (
        ("more over above exceed higher", "less fewer under below lower"),
        (
            "up rose rise risen rising grew grow grown growing widen widened increase increased "
            "gain gained climbed improved",
            "down fell fall fallen falling dropped drop shrank narrow narrowed decrease "
            "decreased slip slipped sag sagging sagged declining lost loss",
        ),
        ("before earlier prior", "after later following since"),
        ("first", "last second final"),
        ("most majority", "least minority little few"),
        ("early", "late"),
        ("north north-east northeast", "south south-west southwest south-east"),
        ("all every everyone", "some part"),
        ("largest biggest", "smallest"),
        ("slow slowed slower", "speed faster quick"),
        ("with", "without"),
    )
)


_MEASURES = tuple(
    frozenset(group.split())
    for group in (
        "second minute hour day week month quarter year decade",
        "metre meter kilometre kilometer km mile foot feet yard centimetre inch",
        "euro dollar pound yen",
        "kilogram gram tonne ton litre liter",
    )
)
_ENDINGS = "ations ation ings ing ied ies ed es s ly e".split()
_POLES = frozenset(word for pair in _OPPOSITES for pole in pair for word in pole)
_UNITS_OF_MEASURE = frozenset(unit for group in _MEASURES for unit in group)
_LETTERS = re.compile(r"[^\W\d_]+")
_PLACING = frozenset("in at from off near on to toward towards of".split())


@dataclass(frozen=True)
class Background:
    """What two statements of one document may name though the other does not."""

    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Words that the document writes with a capital in the middle of a sentence."""


NOTHING = Background()


@lru_cache(maxsize=4096)
def background(text: str, date: str | None = None) -> Background:
    """The numbers and names of a document, and the numbers of its day and the years around it."""
    day: set[str] = set()
    if date:
        day |= {part.lstrip("0") for part in date.split("-")}
        day |= {str(int(date[:4]) - 1), str(int(date[:4]) + 1)}
    inner = re.finditer(r"(?<=[\w,;’'”“\"(–—-] )[A-Z][\w’']+", text)
    names = frozenset(_plain(match[0]) for match in inner)
    return Background(numbers(text) | frozenset(day), names)


@dataclass(frozen=True)
class Statement:
    """What is compared of a sentence."""

    content: Counter[str]
    """Stems of the words that carry meaning."""
    numbers: frozenset[str]
    names: tuple[str, ...]
    """Capitalised words, months among them, in their order, lower-cased."""
    initial: str
    """The first word: whether it is a name only the document can tell."""
    actors: tuple[str, ...]
    """Names that no preposition of place stands before, months left out, in their order."""
    negations: int
    directions: frozenset[str]
    measures: frozenset[str]


@lru_cache(maxsize=65536)
def read(text: str) -> Statement:
    """A sentence's content words, numbers, names, negations and directions."""
    words = [w.replace("’", "'") for w in _WORD.findall(text)]
    low = [w.casefold() for w in words]
    low_text = text.casefold().replace("€", " euro ").replace("$", " dollar ")
    negations = sum(w in _NEGATORS or w.endswith("n't") for w in low)
    directions = _POLES.intersection(low)
    names = [(i, _plain(w)) for i, w in enumerate(words) if i and w[:1].isupper()]
    names = [(i, name) for i, name in names if name not in _TITLES]
    actors = (n for i, n in names if low[i - 1] not in _PLACING and n not in _MONTHS)
    return Statement(
        Counter(stem(w) for w in low if w not in _EMPTY),
        numbers(text),
        tuple(name for _, name in names),
        _plain(words[0]) if words else "",
        tuple(actors),
        negations,
        directions,
        _UNITS_OF_MEASURE.intersection(
            w.removesuffix("s") for w in _LETTERS.findall(low_text)
        ),
    )


def _plain(word: str) -> str:
    return _month(word.casefold().replace("’", "'").removesuffix("'s"))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest endings: enough to make "opened" and "opens" one."""
    word = _month(word).removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _month(word: str) -> str:
    return _SHORT_MONTHS.get(word.rstrip("."), word)


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text as digits, with their scale: ``"612 million"`` is ``"612e6"``.

    Number words up to ninety-nine and ordinals from fourth to twelfth are read; "one" is not,
    being more often a pronoun. A time is the same with a point or a colon.
    """
    found = set()
    low = text.casefold()
    for match in _DIGITS.finditer(low):
        plain = match[0].rstrip(".,:").replace(",", "").replace(":", ".")
        scale = _SCALE.match(low, match.end())
        found.add(plain + (_SCALES[scale[1][0]] if scale else ""))
    parts = [w for word in _WORD.findall(low) for w in word.split("-")]
    at = len(parts) if _VALUES.keys().isdisjoint(parts) else 0
    while at < len(parts):
        word = parts[at]
        value = _VALUES.get(word)
        if word in _TENS and at + 1 < len(parts):
            unit = _VALUES.get(parts[at + 1], 0)
            if 0 < unit < 10:
                value, at = _VALUES[word] + unit, at + 1
        if value is not None and word != "one":
            found.add(str(value))
        at += 1
    return frozenset(found)


def contradict(a: str, b: str, known: Background = NOTHING) -> bool:
    """Whether two like sentences must say different things.

    They do when one denies what the other affirms; when each has a number, a name or a unit
    that the other lacks; when one names a number that neither the other nor the document has;
    when one goes up where the other goes down; or when the same words stand with their actors
    exchanged.
    """
    left, right = read(a), read(b)
    only_left, only_right = left.numbers - right.numbers, right.numbers - left.numbers
    return (
        left.negations % 2 != right.negations % 2
        or bool(only_left and only_right)
        or not (only_left | only_right) <= known.numbers
        or (_strange(left, right, known) and _strange(right, left, known))
        or any(_apart(left.measures, right.measures, group) for group in _MEASURES)
        or _opposed(left.directions, right.directions)
        or _exchanged(left, right)
    )


def _strange(one: Statement, other: Statement, known: Background) -> bool:
    """Whether ``one`` has a name that ``other`` has in no spelling."""
    there = {*other.names, other.initial}
    names = one.names
    if one.initial in known.names or (not known.names and names[:1]):
        names = (one.initial, *names)
    return any(
        name not in there and not any(fuzz.ratio(name, n) >= 80 for n in there)
        for name in names
    )


def _apart(a: frozenset[str], b: frozenset[str], group: frozenset[str]) -> bool:
    return bool((a & group) - b and (b & group) - a)


def _opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(
        (a & one and b & other) and not (a & other and b & one)
        for pair in _OPPOSITES
        for one, other in (pair, pair[::-1])
    )


def _exchanged(left: Statement, right: Statement) -> bool:
    """The same words, and the same actors in another order: who did it to whom."""
    first = (left.initial, *left.actors), (right.initial, *right.actors)
    actors = [
        tuple(n for n in side if n in {*first[0]} & {*first[1]}) for side in first
    ]
    return left.content == right.content and actors[0] != actors[1]


def likeness(a: str, b: str, known: Background = NOTHING) -> float:
    """How alike two statements are, in [0, 1]: Dice of their content words, 0 in contradiction.

    Args:
        known: what either may name though the other does not: see :func:`background`.
    """
    left, right = read(a).content, read(b).content
    size = left.total() + right.total()
    if not size or contradict(a, b, known):
        return 0.0
    return 2 * (left & right).total() / size


@dataclass(frozen=True)
class Matcher:
    """How alike the texts of two claims are, and from where they count as the same claim.

    Pass one to ``onrecord.evaluate`` to match by a model, say the cosine of two embeddings.
    Texts that :func:`contradict` each other never match, whatever it says. Its name and
    threshold stand in the report's signature: scores by different matchers are not compared.
    """

    name: str
    likeness: Callable[[str, str, Background], float]
    """Two texts and what their document names → a number in [0, 1], the same both ways."""
    threshold: float


WORDS = Matcher("words", likeness, 0.45)
"""The default: no model. The threshold was chosen on half of 300 judged pairs."""
