"""A valid call of every component, so that tests can leave out or poison one parameter."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from django.utils.safestring import SafeString

from zhongshu.office.ui.gallery import Sample
from zhongshu.office.ui.parts import (
    Cell,
    Chip,
    Choice,
    Place,
    Point,
    Reader,
    Row,
    Share,
    Sheet,
    Step,
    Zone,
)
from zhongshu.office.ui.templatetags import (
    atoms,
    charts,
    fields,
    frame,
    lists,
    opinions,
    papers,
    times,
)

MODULES: tuple[ModuleType, ...] = (atoms, charts, fields, frame, lists, opinions, papers, times)
AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
RIGHT: dict[tuple[str, str], Any] = {
    ("icon", "name"): "desk",
    ("picture", "name"): "seal",
    ("button", "rank"): "main",
    ("button", "size"): "small",
    ("button", "icon"): "back",
    ("button", "type"): "button",
    ("button", "key"): "T",
    ("mark", "kind"): "flash",
    ("state", "kind"): "now",
    ("light", "kind"): "red",
    ("banner", "tone"): "warn",
    ("dialog", "rank"): "seal",
    ("queue_row", "mark"): "urgent",
    ("cell", "kind"): "what",
    ("opinion", "kind"): "propose",
    ("finding", "tone"): "must",
    ("field", "sure"): "low",
}
NUMBERS = {"place", "count", "part", "whole", "first", "last", "total", "number", "level", "value"}
WHOLE = {("part_head", "level"): 2, ("rate", "whole"): 40}


def functions() -> dict[str, Callable[..., Any]]:
    """Every component by its name: the function under the tag."""
    return {name: getattr(module, name) for module in MODULES for name in module.register.tags}


def named(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """What a component is told by name."""
    signature = inspect.signature(function, eval_str=True)
    return [one for one in signature.parameters.values() if one.kind is one.KEYWORD_ONLY]


def call(name: str, text: str = "文", /, **changed: Any) -> str:
    """The component with every parameter given, all its words being `text`."""
    function = functions()[name]
    given = {one.name: sample(name, one, text) for one in named(function)} | changed
    front = []
    for one in inspect.signature(function).parameters.values():
        if one.name == "content":
            front.append(SafeString("<em>inside</em>"))
        elif one.name == "context":
            front.append({})
    return str(function(*front, **given))


def sample(tag: str, one: inspect.Parameter, text: str) -> Any:
    """A value of the right kind for one parameter."""
    if (tag, one.name) in RIGHT or (tag, one.name) in WHOLE:
        return RIGHT.get((tag, one.name), WHOLE.get((tag, one.name)))
    lists = {
        "steps": (Step(text, "done", text), Step("", branches=(Step(text, "now", text),) * 2)),
        "people": (Reader(text, AT), Reader(text, note=text), Reader(text)),
        "chips": (Chip(text, text, 3, current=True), Chip(text, text)),
        "choices": (Choice(text, text, current=True), Choice(text, text)),
        "rows": (Row(text, 3, text, bad=True), Row(text, 2.5)),
        "points": (Point(text, 1), Point(text, 3)),
        "parts": (Share(text, 3, "red"), Share(text, 0), Share(text, 2)),
        "places": (Place(1, text, text, 0.9, 0.9), Place(2, text, text, 0.9, 0.9)),
        "cells": (Cell(text, "done"), Cell(text, "late")),
    }
    if one.name == "sheet":
        return Sheet(1, text, 210, 297, (Zone(text, 1, text, (1, 2, 3, 4)),))
    if one.name in lists:
        return lists[one.name]
    if one.name in {"at", "since"}:
        return AT
    if one.name == "bound":
        return Sample({"signer": text})["signer"]
    if one.name == "form":
        return Sample({"due": text}) if tag == "faults" else text
    kind = str(one.annotation)
    if "bool" in kind:
        return True
    if "float" in kind or "int" in kind:
        return 7
    return text
