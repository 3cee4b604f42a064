"""Small pieces of safe HTML. Everything is escaped; nothing here marks text as safe. 安全的片段."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SPRITE = Path(__file__).parent / "static" / "ui" / "icons.svg"
ICONS = frozenset(re.findall(r'id="i-([a-z]+)"', SPRITE.read_text("utf-8")))

# An address of this house, a place on the page, a question to the page, or a plain web address.
# A second slash or a backslash would lead to another house.
_ADDRESS = re.compile(r"(?:/(?![/\\])|[?#]|https?://[a-z0-9])[^\x00-\x20\\]*", re.IGNORECASE)


def chosen(value: str, choices: Any) -> str:
    """The value, if the Literal has it. `ValueError` otherwise: the template is wrong."""
    if value not in get_args(choices):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(choices))}")
    return value


def address(href: object) -> str:
    """The address, or `#` where it would run code or lead elsewhere under a false name."""
    text = str(href)
    return text if _ADDRESS.fullmatch(text) else "#"


def attrs(**pairs: str | bool | int | None) -> SafeString:
    """Attributes: `_` becomes `-`; None, False and "" are left out; True has no value."""
    named = {key.strip("_").replace("_", "-"): value for key, value in pairs.items()}
    return flatatt(
        {key: value for key, value in named.items() if value is not None and value != ""}
    )


def joined(template: str, rows: Iterable[tuple[object, ...]]) -> SafeString:
    """One piece of HTML for each row, each value escaped."""
    return format_html_join("", template, rows)


def some(template: str, *values: object) -> SafeString:
    """The piece of HTML if its first value says anything, otherwise nothing."""
    return format_html(template, *values) if values[0] not in ("", None) else SafeString()


def drawn(name: str, kind: str | None = "icon") -> SafeString:
    """A picture of the sprite, which the browser fetches once and keeps."""
    if name not in ICONS:
        raise ValueError(f"there is no icon {name!r}")
    return format_html(
        '<svg{} aria-hidden="true"><use href="{}#i-{}"/></svg>',
        attrs(class_=kind),
        static("ui/icons.svg"),
        name,
    )


def paragraphs(text: str) -> SafeString:
    """Somebody's words, one paragraph a line, nothing shortened."""
    lines = [line for line in text.splitlines() if line.strip()]
    return joined("<p>{}</p>", ((line,) for line in lines))
