"""The rules baseline: entities, quotes and claims by lexicons and patterns, without a model."""

from __future__ import annotations

from onrecord.document import Document

__all__ = ["extract"]


def extract(document: Document) -> Document:
    """The document with the entities, quotes and claims that the rules find in its text.

    Sections and sentences are computed where the document has none; labels that it already has
    are replaced. The same text always gives the same labels.
    """
    from .pipeline import label

    return label(document)
