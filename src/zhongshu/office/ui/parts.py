"""What the larger components are given: small frozen values, made by a page's queries or views.

界面的料：页面把这些小值交给组件。
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

Passing = Literal["done", "now", "next", "back"]
Tone = Literal["plot", "soft", "ink", "red", "amber", "green", "blue", "grey"]
Quarter = Literal["done", "late", "now", "plan"]


class Step(NamedTuple):
    """One station of a path. One with `branches` is a fork: they run side by side and join."""

    name: str
    state: Passing = "next"
    by: str = ""
    branches: tuple[Step, ...] = ()


class Reader(NamedTuple):
    """Somebody a paper is passed to. With `at` he has read it; `note` says why not."""

    name: str
    at: datetime | None = None
    note: str = ""


class Share(NamedTuple):
    """A part of a whole, with its count."""

    label: str
    number: int
    tone: Tone = "plot"


class Row(NamedTuple):
    """One line of a chart: what it is, how much, and what one should know about it."""

    label: str
    value: float
    note: str = ""
    bad: bool = False


class Point(NamedTuple):
    """One place of a course: when, how much, and what that rests on."""

    label: str
    value: float
    note: str = ""


class Place(NamedTuple):
    """A matter between heavy and light, urgent and not; both from 0 to 1."""

    number: int
    href: str
    title: str
    urgency: float
    weight: float


class Cell(NamedTuple):
    """One quarter of a target."""

    value: str
    state: Quarter


class Chip(NamedTuple):
    """One filter. A filter is an address."""

    label: str
    href: str
    number: int | None = None
    current: bool = False


class Choice(NamedTuple):
    """One setting of a switch, which is an address too."""

    label: str
    href: str
    current: bool = False


class Zone(NamedTuple):
    """A place on a scan that a field was read from: left, top, right, bottom in the units of the
    page; `name` is the field's, `number` stands beside both, `sure` as of a field."""

    name: str
    number: int
    sure: str
    box: tuple[float, float, float, float]


class Sheet(NamedTuple):
    """One page of a scan: its picture, its size in any unit, and the zones on it."""

    number: int
    src: str
    width: float
    height: float
    zones: tuple[Zone, ...] = ()
