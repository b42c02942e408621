"""The contract: is a value shaped as ``schema/<name>.schema.json`` says?

``jsonschema_rs`` decides yes or no, about 200 times as fast; only what it refuses goes through
``jsonschema``, the reference implementation, for its messages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .findings import Finding

SCHEMAS = ("annotation", "document", "prediction", "report", "story")
_BASE = "urn:onrecord:schema:1:"
_CODES = {
    "required": "field-missing",
    "additionalProperties": "field-unknown",
    "propertyNames": "field-unknown",
}
_LONGEST_MESSAGE = 240


@lru_cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, as shipped."""
    path = files("onrecord") / "schema" / f"{name}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache
def _decides(name: str) -> Callable[[Any], bool]:
    import jsonschema_rs

    registry = jsonschema_rs.Registry([(_BASE + n, schema(n)) for n in SCHEMAS])
    validator = jsonschema_rs.Draft202012Validator(schema(name), registry=registry)
    return validator.is_valid


@lru_cache
def _explains(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    resources = [(_BASE + n, DRAFT202012.create_resource(schema(n))) for n in SCHEMAS]
    registry: Any = Registry().with_resources(resources)
    return Draft202012Validator(schema(name), registry=registry)


def conforms(value: Any, name: str) -> bool:
    """Whether ``value`` is valid under the schema of that name."""
    return _decides(name)(value)


def violations(value: Any, name: str) -> Iterator[Finding]:
    """Every place where ``value`` breaks the schema of that name: none when it conforms.

    The findings' codes are ``field-missing``, ``field-unknown`` and ``field-invalid``.
    """
    if conforms(value, name):
        return
    from jsonschema.exceptions import best_match

    for error in _explains(name).iter_errors(value):
        deepest = best_match([error]) or error
        pointer = tuple(deepest.absolute_path)
        where = "/".join(map(str, pointer)) or "the record"
        code = _CODES.get(str(deepest.validator), "field-invalid")
        message = f"{where}: {_short(deepest.message)}"
        yield Finding(code, f"{message}; see schema/{name}.schema.json", pointer)


def _short(message: str) -> str:
    if len(message) <= _LONGEST_MESSAGE:
        return message
    half = _LONGEST_MESSAGE // 2
    return f"{message[:half]} […] {message[-half:]}"
