"""What is wrong with an input: one ``Finding`` a fault, each with its place and its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

Pointer = tuple[str | int, ...]
"""The keys and indices that lead from the root of a record to the place of a fault."""
Lines = Mapping[Pointer, int]
"""Where the parts of a record stand in its file: pointer → line, from 1; ``()`` is the record."""


@dataclass(frozen=True)
class Finding:
    """One fault: ``code`` names the rule, ``message`` says what is wrong and what to do."""

    code: str
    message: str
    pointer: Pointer = ()
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        """``file:line: CODE message``, without control characters (inputs are hostile)."""
        place = f"{self.path}:{self.line}: " if self.path else ""
        line = f"{place}{self.code} {self.message}"
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)


class Rejected(Exception):
    """Input that cannot be used; it carries every finding, and nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


def locate(finding: Finding, path: str, lines: Lines) -> Finding:
    """``finding`` with its file and the line of the nearest part of it that ``lines`` knows."""
    pointer = finding.pointer
    while pointer and pointer not in lines:
        pointer = pointer[:-1]
    return replace(finding, path=path, line=lines.get(pointer, 1))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line and code, each once."""
    return sorted(set(findings), key=lambda f: (f.path, f.line, f.code, f.message))
