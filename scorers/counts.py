"""Sums that add: what a scorer makes of one document pair, and the ratios of their totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

Key = tuple[str, str]
"""(metric, slice); the slice ``""`` is everything, others read like ``"type=PERSON"``."""


class Tally(msgspec.Struct, frozen=True):
    """Four sums. Matched gold and matched predictions differ only where a slice divides a pair."""

    gold: float = 0.0
    predicted: float = 0.0
    recalled: float = 0.0
    """Gold items that were matched."""
    correct: float = 0.0
    """Predicted items that were matched."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.recalled + other.recalled,
            self.correct + other.correct,
        )

    @property
    def precision(self) -> float | None:
        """correct / predicted; ``None`` where nothing was predicted."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """recalled / gold; ``None`` where there is no gold."""
        return self.recalled / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0 where one side alone is empty.

        ``None`` where both are: no gold and no predictions is 0/0, not 1 (van Rijsbergen 1979).
        """
        if not self.gold and not self.predicted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        total = precision + recall
        return 2 * precision * recall / total if total else 0.0


Counts = Mapping[Key, Tally]


def total(parts: Iterable[Counts]) -> dict[Key, Tally]:
    """The sums over documents, by key; keys that only some documents have are kept."""
    sums: dict[Key, Tally] = {}
    for counts in parts:
        for key, tally in counts.items():
            sums[key] = sums.get(key, Tally()) + tally
    return sums


def tally(
    gold: Collection[int], predicted: Collection[int], pairs: Iterable[tuple[int, int]]
) -> Tally:
    """Count matched items of a slice: ``gold`` and ``predicted`` are the indices it holds."""
    recalled = correct = 0
    for i, j in pairs:
        recalled += i in gold
        correct += j in predicted
    return Tally(len(gold), len(predicted), recalled, correct)


def share(right: float, of: float) -> Tally:
    """A single-valued metric, ``right`` out of ``of``: its value is the recall."""
    return Tally(of, of, right, right)
