"""Telling a finding to people: nodes and fields by their names, with the code in brackets. 说明."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.findings import Finding

from .finding_words import WORDS

Language = Literal["zh", "en"]
NODES = frozenset({"node", "split", "open"})  # names that stand for nodes
KEYS: Mapping[str, tuple[str, str]] = {
    "next": ("去向（next）", "next"),
    "on_fail": ("不通过去向（on_fail）", "on_fail"),
    "returns": ("退回范围（returns）", "returns"),
    "relies": ("依据（relies）", "relies"),
    "edits": ("填写（edits）", "edits"),
    "recall": ("撤回期限（recall）", "recall"),
    "fallback": ("兜底（fallback）", "fallback"),
    "assign": ("分派（assign）", "assign"),
    "clerk": ("文书（clerk）", "clerk"),
    "supervisor": ("督办（supervisor）", "supervisor"),
    "head": ("办公室负责人（head）", "head"),
    "override": ("强制处理（override）", "override"),
}


def sentence(one: Finding, definition: Definition | None = None, language: Language = "zh") -> str:
    """A finding as one sentence: the place, what is wrong there, and the case that shows it."""
    at = 0 if language == "zh" else 1
    about = {name: _named(name, value, definition, at) for name, value in one.about}
    place = _node(one.where, definition, at)
    text = WORDS[one.code][at].format(**about).replace("） ", "）")
    shown = _witness(one, definition, at)
    colon, stop = ("：", "。") if at == 0 else (": ", ".")
    return f"{place}{colon if place else ''}{text}{shown}{stop}"


def _named(name: str, value: str, definition: Definition | None, at: int) -> str:
    if name in NODES:
        return _node(value, definition, at)
    if name == "field" and definition is not None and value in definition.field:
        label = definition.field[value].label
        return f"“{label}”[{value}]" if at == 0 else f"{label} [{value}]"
    if name == "key" and value in KEYS:
        return KEYS[value][at]
    return value


def _node(value: str, definition: Definition | None, at: int) -> str:
    node = definition.by_id.get(value) if definition is not None else None
    if node is None or not node.name:
        return value
    return f"“{node.name}”[{value}]" if at == 0 else f"{node.name} [{value}]"


def _witness(one: Finding, definition: Definition | None, at: int) -> str:
    if not one.witness:
        return ""
    if one.code == "gap":
        cases = [_case(text, definition, at) for text in one.witness]
        return f"（{'，'.join(cases)}）" if at == 0 else f" ({', '.join(cases)})"
    way = " → ".join(_node(node, definition, at) for node in one.witness)
    return f"（{way}）" if at == 0 else f" ({way})"


def _case(text: str, definition: Definition | None, at: int) -> str:
    name, _, value = text.partition("=")
    if value:
        return f"{_named('field', name, definition, at)} = {value}"
    return f"{_named('field', name, definition, at)}{('未填', ' not filled in')[at]}"
