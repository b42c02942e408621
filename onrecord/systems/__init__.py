"""Systems: the baseline that comes with OnRecord, and how any other one is called.

A system is a function: it takes a ``Document`` without labels and returns a prediction record, a
mapping as ``schema/prediction.schema.json`` describes it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from onrecord.document import Document
from onrecord.findings import Finding, Rejected
from onrecord.predictions import check_predictions, prediction_record

System = Callable[[Document], dict[str, Any]]


def rules_baseline(document: Document) -> dict[str, Any]:
    """The rules baseline: lexicons and patterns, no model."""
    from .rules import extract

    return prediction_record(extract(document))


SYSTEMS: dict[str, System] = {"rules": rules_baseline}


def load_system(name: str) -> System:
    """A system by its name in ``SYSTEMS``, or any function as ``module:function``.

    Raises:
        Rejected: there is no such system, or it cannot be imported.
    """
    if name in SYSTEMS:
        return SYSTEMS[name]
    module, _, function = name.partition(":")
    if not function:
        message = (
            f"no system {name!r}; there are {', '.join(SYSTEMS)}, or module:function"
        )
        raise Rejected([Finding("system-unknown", message)])
    try:
        found: System = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise Rejected([Finding("system-unknown", f"{name}: {error}")]) from None
    return found


def run(
    system: System, documents: Iterable[Document], name: str
) -> Iterator[dict[str, Any]]:
    """One checked prediction record a document, in their order.

    Raises:
        Rejected: a record breaks the contract; its "line" is the document's number, from 1.
    """
    for number, document in enumerate(documents, 1):
        record = {"id": document.id, **system(document.unlabelled())}
        check_predictions([(number, record)], {document.id: document}, name)
        yield record
