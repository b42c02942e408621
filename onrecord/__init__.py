"""OnRecord: who said what, on the record, and can it be checked?

A versioned dataset of entities, quotes and verifiable claims in news, and scorers that evaluate
any extraction system against it::

    from onrecord import evaluate, load_gold, load_predictions

    gold = load_gold(split="test")
    report = evaluate(gold, load_predictions("predictions.jsonl", gold))
    print(report.score, report.tasks["quotes"].headline.value)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"
__all__ = ["evaluate", "load_gold", "load_predictions"]

if TYPE_CHECKING:
    from .evaluation import evaluate
    from .gold import load_gold
    from .predictions import load_predictions

_HOMES = {
    "load_gold": "gold",
    "load_predictions": "predictions",
    "evaluate": "evaluation",
}


def __getattr__(name: str) -> Any:
    """Import the library's entry points when they are first asked for, so that the command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
