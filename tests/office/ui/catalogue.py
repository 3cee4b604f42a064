"""Which sentences the product says, and what its English catalogue has for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

from django.utils.translation.template import templatize

from tests.architecture.source import ROOT, modules

HERE = ROOT / "config" / "locale" / "en" / "LC_MESSAGES"
CALLS = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "_"}


def sentences() -> set[str]:
    """Every msgid in templates and code."""
    return {said for _, said in found()}


def found() -> Iterator[tuple[str, str]]:
    """Every msgid, and where it is."""
    for path in ROOT.rglob("*.html"):
        code = templatize(path.read_text("utf-8"))
        for match in re.finditer(
            r"""\b(?:n?gettext|_)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", code
        ):
            yield str(path.relative_to(ROOT)), ast.literal_eval(match[1])
    for name, _, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in CALLS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield name, node.args[0].value


def translations() -> dict[str, str]:
    """The compiled catalogue: msgid (of the singular) to English."""
    with (HERE / "django.mo").open("rb") as file:
        catalogue = GNUTranslations(file)._catalog
    return {key if isinstance(key, str) else key[0]: text for key, text in catalogue.items()}


def written() -> dict[str, tuple[str, ...]]:
    """The catalogue as it is written: msgid to its English, one form or two."""
    entries: dict[str, tuple[str, ...]] = {}
    for block in (HERE / "django.po").read_text("utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        word = ""
        for line in block.splitlines():
            if match := re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line):
                word = match[1]
                parts[word] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                parts[word] += ast.literal_eval(line)
        if "msgid" in parts:
            entries[parts["msgid"]] = tuple(
                text for key, text in sorted(parts.items()) if key.startswith("msgstr")
            )
    return entries


def folder() -> Path:
    """Where the catalogue stands."""
    return HERE
