"""Templates and components as text, for rules that hold over all of them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import get_args

from tests.architecture.source import ROOT, modules
from zhongshu.office.ui.parts import Tone

# Classes made up from parts.
MADE = {f"fill-{tone}" for tone in get_args(Tone)} | {
    "what",
    "num",
    "meter",
    "fill-red",
    "fill-calm",
}


def templates() -> dict[str, str]:
    """Every template of the product, with what is said to nobody taken out."""
    return {
        str(path.relative_to(ROOT)): re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"))
        for path in sorted(ROOT.rglob("*.html"))
    }


def literals() -> Iterator[tuple[str, str]]:
    """Every text in the components' code, docstrings apart."""
    for name, _, tree in modules("office/ui/**/*.py"):
        doc = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in doc
            ):
                yield name, node.value


def used_classes() -> dict[str, str]:
    """Every class given to an element, and where."""
    used: dict[str, str] = defaultdict(str, dict.fromkeys(MADE, "made"))
    for place, text in [*templates().items(), *literals()]:
        for value in re.findall(r'class="([^"]*)"', text):
            for name in re.sub(r"\{[{%].*?[%}]\}|\{\w*\}", " ", value).split():
                used[name] = place
    for name, _, tree in modules("office/ui/**/*.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "class_":
                for value in ast.walk(node.value):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        used[value.value] = name
    used["icon"] = "html.drawn"
    return used
