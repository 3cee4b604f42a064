"""Texts with what was looked for marked in them. 标出命中的文字."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def marked(parts: Iterable[tuple[str, bool]]) -> SafeString:
    """The parts one after the other, each escaped, those that were looked for in <mark>."""
    pieces = (
        (format_html("<mark>{}</mark>", text) if hit else format_html("{}", text),)
        for text, hit in parts
    )
    return format_html_join("", "{}", pieces)
