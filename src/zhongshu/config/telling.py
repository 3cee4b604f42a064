"""How findings are told on a terminal, or to a program. 输出."""

from __future__ import annotations

import json

import click

from .findings import Finding, good, sentence

MARKS = {"error": ("错误", "error", "red"), "warning": ("提醒", "warning", "yellow")}
JSON = click.option("--json", "as_json", is_flag=True, help="供程序读取 for programs")
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 language")


def tell(found: list[Finding], lang: str, *, as_json: bool, all_good: str = "") -> None:
    """Errors first, then warnings, then what is well."""
    if as_json:
        rows = [
            {
                "code": one.code,
                "level": one.level,
                "about": dict(one.about),
                "text": sentence(one, lang),
            }
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if all_good and not any(one.level == "error" for one in found):
        found = [*found, good(all_good)]
    for level in ("error", "warning", "good"):
        for one in found:
            if one.level == level:
                line(one, lang)


def line(one: Finding, lang: str) -> None:
    """One finding on a line of its own."""
    zh, en, colour = MARKS.get(one.level, ("正常", "good", "green"))
    mark = click.style(en if lang == "en" else zh, fg=colour)
    click.echo(f"{mark}  {sentence(one, lang)}")
