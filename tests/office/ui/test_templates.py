"""Templates: nothing that the content security policy would refuse, nothing that goes unescaped."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import modules

from .source import literals, templates

BANNED = {
    "an inline style": r"\bstyle\s*=",
    "a style element": r"<style",
    "an inline handler": r"[\s\"']on[a-z]+\s*=\s*[\"'{]",
    "a script without an address": r"<script(?![^>]*(?:\ssrc=|type=.application/json))",
    "a script with a body": r"<script(?![^>]*type=.application/json)[^>]*>\s*[^<\s]",
    "code as an address": r"javascript:",
    "another house": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "htmx that evaluates": r"hx-on|hx-(?:vals|headers)=[\"']js:",
    "text trusted as HTML": r"\|\s*safe\b|autoescape\s+off",
    "a frame": r"<i?frame|<object|<embed|<base\b",
}


@pytest.mark.parametrize("what", BANNED)
def test_no_template_holds(what: str) -> None:
    found = [place for place, text in templates().items() if re.search(BANNED[what], text, re.I)]
    found += [place for place, text in literals() if re.search(BANNED[what], text, re.I)]
    assert found == []


def test_the_rules_themselves_find_something() -> None:
    bad = (
        '<p style="x">', "<style>", '<p onclick="x">', "<script>", '<script src="x">x',
        '<a href="javascript:x">', '<img src="//x">', "hx-on", "{{ x|safe }}", "<iframe",
    )  # fmt: skip
    for rule, example in zip(BANNED.values(), bad, strict=True):
        assert re.search(rule, example, re.I), example


def test_only_components_may_mark_html_as_safe() -> None:
    marks = [
        name
        for name, path, _ in modules()
        if re.search(r"mark_safe|SafeString\(", path.read_text("utf-8"))
        and "office.ui.templatetags" not in name
    ]
    assert marks == []


def test_every_form_that_writes_proves_where_it_comes_from() -> None:
    for place, text in templates().items():
        for form in re.findall(r"<form\b[^>]*method=.post.*?</form>", text, re.I | re.S):
            assert "{% csrf_token %}" in form, place
    for place, text in literals():
        if 'method="post"' in text and "{0}" in text:
            assert "csrfmiddlewaretoken" in text, place
