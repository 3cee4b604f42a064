"""What is wrong or odd with a definition, for people and for programs. 检查结果."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """One finding. `where` is a node id or a place in the file; `witness` the smallest way that
    shows it, as node ids or field values."""

    code: str
    where: str = ""
    about: tuple[tuple[str, str], ...] = ()
    witness: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = "error"


def finding(code: str, where: str = "", **about: object) -> Finding:
    """An error, with its names as text."""
    return Finding(code, where, tuple((name, str(value)) for name, value in about.items()))


def warning(code: str, where: str = "", **about: object) -> Finding:
    """A finding that does not refuse the definition."""
    return finding(code, where, **about)._replace(severity="warning")


def is_refused(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding forbids the release."""
    return any(one.severity == "error" for one in findings)
