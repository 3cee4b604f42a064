"""`zhongshu check`: may the house run? 运行前检查."""

from __future__ import annotations

import click

from zhongshu.config import safety
from zhongshu.config.telling import JSON, LANG, tell


@click.command()
@JSON
@LANG
def check(lang: str, *, as_json: bool) -> None:
    """检查能否安全运行；有错误时以 1 退出，serve、work、run 也拒绝启动。

    Whether the house may run; exit code 1 if not, and then serve, work and run refuse as well.
    """
    found = safety.check()
    tell(found, lang, as_json=as_json, all_good="safe")
    if safety.refuses(found):
        raise SystemExit(1)
