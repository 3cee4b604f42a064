"""Small pieces of HTML. Whatever is put into one is escaped, unless it is such a piece itself.

As Django's `format_html`, which asks of each value whether it is lazy and costs half the time of a
long list. The only place of the product that says that a text is HTML. 安全的片段.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any, get_args

from django.templatetags.static import static
from django.utils.safestring import SafeString

SPRITE = Path(__file__).parents[1] / "static" / "ui" / "icons.svg"
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


def put(template: str, *values: object) -> SafeString:
    """The template, which is ours, with each value escaped in its place."""
    return SafeString(template.format(*map(_escaped, values)))


def attrs(**pairs: object) -> SafeString:
    """Attributes: `_` becomes `-`; None, False and "" are left out; True has no value."""
    said = []
    for key, value in pairs.items():
        name = key.strip("_").replace("_", "-")
        if value is True:
            said.append(f" {name}")
        elif value is not None and value is not False and value != "":
            said.append(f' {name}="{_escaped(value)}"')
    return SafeString("".join(said))


def joined(template: str, rows: Iterable[tuple[object, ...]]) -> SafeString:
    """One piece of HTML for each row, each value escaped."""
    return SafeString("".join(template.format(*map(_escaped, row)) for row in rows))


def some(template: str, *values: object) -> SafeString:
    """The piece of HTML if its first value says anything, otherwise nothing."""
    return put(template, *values) if values[0] not in ("", None) else SafeString()


def drawn(name: str, kind: str | None = "icon") -> SafeString:
    """A picture of the sprite, which the browser fetches once and keeps."""
    if name not in ICONS:
        raise ValueError(f"there is no icon {name!r}")
    return put(
        '<svg{} aria-hidden="true"><use href="{}#i-{}"/></svg>',
        attrs(class_=kind),
        static("ui/icons.svg"),
        name,
    )


def paragraphs(text: str) -> SafeString:
    """Somebody's words, one paragraph a line, nothing shortened."""
    lines = [line for line in text.splitlines() if line.strip()]
    return joined("<p>{}</p>", ((line,) for line in lines))


def _escaped(value: object) -> str:
    if type(value) is str:
        return escape(value)
    by_itself = getattr(value, "__html__", None)  # a piece, a field of a form, a lazy safe text
    return str(by_itself() if by_itself else escape(str(value)))
