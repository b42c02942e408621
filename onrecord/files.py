"""Reading and writing whole files: bounded, strict UTF-8, atomic; YAML and JSON with their lines."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its stubs
from yaml.resolver import Resolver

from .findings import Finding, Lines, Pointer, Rejected

MAX_FILE = 16 * 2**20
"""Bytes in one source, annotation or report file."""
MAX_LINE = 16 * 2**20
"""Bytes in one line of a JSONL file."""
MAX_DEPTH = 40
"""Levels of nesting in any record; our own schema needs fewer than ten."""


def read_bytes(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises:
        Rejected: the file is missing, not a regular file, unreadable or too large.
    """
    try:
        if not path.is_file():
            state = "is not a file" if path.exists() else "does not exist"
            raise Rejected([_unreadable(path, f"{path.name} {state}; check the path")])
        size = path.stat().st_size
        if size > limit:
            message = f"the file has {size:,} bytes; at most {limit:,} are read"
            raise Rejected([Finding("file-too-large", message, path=str(path), line=1)])
        return path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise Rejected([_unreadable(path, message)]) from None


def _unreadable(path: Path, message: str) -> Finding:
    return Finding("file-unreadable", message, path=str(path), line=1)


def decode(data: bytes, path: str, line: int = 1) -> str:
    """``data`` as strict UTF-8.

    Raises:
        Rejected: with the line of the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + data[: error.start].count(b"\n")
        message = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise Rejected(
            [Finding("file-not-utf8", message, path=path, line=at)]
        ) from None


def read_text(path: Path, limit: int = MAX_FILE) -> str:
    """The text of a UTF-8 file, line ends untouched."""
    return decode(read_bytes(path, limit), str(path))


def write_whole(path: Path, data: str | bytes) -> None:
    """Write all of ``data`` or nothing: to a temporary file beside ``path``, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = data.encode("utf-8") if isinstance(data, str) else data
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_jsonl(path: Path) -> Iterator[tuple[int, bytes]]:
    """The non-empty lines of a file with their numbers from 1, each within ``MAX_LINE`` bytes.

    Raises:
        Rejected: the file cannot be read, or a line is too long.
    """
    if not path.is_file():
        read_bytes(path)
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                message = f"the line is longer than {MAX_LINE:,} bytes"
                raise Rejected(
                    [Finding("file-too-large", message, path=str(path), line=number)]
                )
            if line.strip():
                yield number, line


def parse_json(data: bytes, path: str, line: int = 1) -> Any:
    """One JSON value: strict UTF-8, no NaN, no key twice, no lone surrogate, bounded depth.

    Raises:
        Rejected: ``json-invalid``, ``json-too-deep``, ``json-surrogate`` or ``file-not-utf8``.
    """
    text = decode(data, path, line).rstrip()
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except (ValueError, RecursionError) as error:
        at = line + getattr(error, "lineno", 1) - 1
        deep = isinstance(error, RecursionError)
        code = "json-too-deep" if deep else "json-invalid"
        why = "nested too deeply" if deep else f"not valid JSON: {error}"
        raise Rejected([Finding(code, why, path=path, line=at)]) from None
    for fault in _value_faults(value):
        raise Rejected([Finding(*fault, path=path, line=line)])
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number; use null")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:60]!r} stands twice in one object")
        found[key] = value
    return found


def _value_faults(value: Any) -> Iterator[tuple[str, str]]:
    todo: list[tuple[Any, int]] = [(value, 1)]
    while todo:
        item, depth = todo.pop()
        if depth > MAX_DEPTH:
            yield "json-too-deep", f"nested more than {MAX_DEPTH} levels"
            return
        if isinstance(item, str):
            if any("\ud800" <= c <= "\udfff" for c in item):
                yield "json-surrogate", "a string holds half of a surrogate pair"
        elif isinstance(item, dict):
            todo += [(key, depth) for key in item]
            todo += [(part, depth + 1) for part in item.values()]
        elif isinstance(item, list):
            todo += [(part, depth + 1) for part in item]


class _Loader(Composer, CParser, SafeConstructor, Resolver):
    """YAML as people write it here: strings, true, false, null, lists, mappings; nothing implicit.

    Parsed by libyaml, which every wheel of PyYAML holds: several times as fast.
    """

    depth = 0

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        for part in (Composer, SafeConstructor, Resolver):
            part.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise self._fault("aliases (*name) are not allowed")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._fault(f"nested more than {MAX_DEPTH} levels")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _fault(self, problem: str) -> yaml.YAMLError:
        mark: Any = getattr(self.peek_event(), "start_mark", None)
        return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true$|false$"), list("tf")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile("null$|~$|$"), ["n", "~", ""]
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"(0|[1-9][0-9]{0,8})$"),
    list("0123456789"),
)


def parse_yaml(text: str, path: str) -> tuple[Any, Lines]:
    """A YAML (or JSON) text's value, and the line of each part of it.

    Only strings, whole numbers, ``true``, ``false`` and ``null`` are scalars (a date or ``no``
    stays a string); aliases, tags and repeated keys are refused.

    Raises:
        Rejected: ``yaml-invalid``, at the line of the fault.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            lines: dict[Pointer, int] = {(): 1}
            value = _build(loader, node, (), lines) if node is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        finding = Finding(
            "yaml-invalid", f"not valid YAML: {why}", path=path, line=line
        )
        raise Rejected([finding]) from None
    return value, lines


def _build(
    loader: _Loader, node: yaml.Node, at: Pointer, lines: dict[Pointer, int]
) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, part, (*at, index), lines)
            for index, part in enumerate(node.value)
        ]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if not isinstance(key_node, yaml.ScalarNode) or key in found:
            what = "stands twice" if key in found else "is not a plain word"
            raise yaml.MarkedYAMLError(
                problem=f"the key {key[:60]!r} {what}", problem_mark=key_node.start_mark
            )
        place = (*at, key)
        found[key] = _build(loader, value_node, place, lines)
        lines[place] = key_node.start_mark.line + 1
    return found
