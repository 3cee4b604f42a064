"""The style sheets, read."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT

FOLDER = ROOT / "office" / "ui" / "static" / "ui"


def sheets() -> dict[str, str]:
    """Every style sheet of ours, comments taken out."""
    return {
        str(path.relative_to(FOLDER)): re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        for path in sorted(FOLDER.rglob("*.css"))
    }


def classes(text: str) -> set[str]:
    """The classes a style sheet speaks of."""
    bare = re.sub(r'"[^"]*"', "", text)
    bare = re.sub(r"(?<=[;{])[^;{}]*(?=[;}])", "", bare)  # declarations are no selectors
    return set(re.findall(r"\.([a-z][\w-]*)", bare))


def tokens(*names: str) -> dict[str, str]:
    """The colours as one theme sees them: the later sheet says it again."""
    found: dict[str, str] = {}
    for name in names:
        text = sheets()[name]
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", text))
    return found


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(two * 2 for two in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def home() -> Path:
    """Where they stand."""
    return FOLDER
