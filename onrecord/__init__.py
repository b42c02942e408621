"""OnRecord: who said what, on the record, and can it be checked?

A versioned dataset of entities, quotes and verifiable claims in news, and scorers that evaluate
any extraction system against it. See ``load_gold``, ``load_predictions`` and ``evaluate``.
"""

from __future__ import annotations

__version__ = "0.1.0"
