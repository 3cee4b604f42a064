"""`zhongshu init`: everything a house needs before the first person comes in. 建立."""

from __future__ import annotations

import os

import click

from zhongshu.config import home
from zhongshu.config.doors import house, reach

WORDS = {
    "home": "已建立数据目录（只有本用户可读）",
    "closed": "已收紧数据目录的权限",
    "secret": "已生成密钥 secret.key，请另存一份到别处",
}


@click.command()
@click.option(
    "--alg",
    type=click.Choice(["sha256", "sm3"]),
    default="sha256",
    show_default=True,
    help="日志的摘要算法 digest of the journal",
)
@click.option("--system", default="系统管理员", show_default=True, help="系统管理员的姓名")
@click.option(
    "--security", default="安全保密管理员", show_default=True, help="安全保密管理员的姓名"
)
@click.option("--audit", default="安全审计员", show_default=True, help="安全审计员的姓名")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="链接里的网址")
def init(alg: str, system: str, security: str, audit: str, address: str) -> None:
    """建立数据目录、数据库、日志、内置流程和三名管理员。可以重复运行。

    Make the house: folder, secret, database, journal, shipped processes and the three
    administrators. Run it as often as you like; what exists is left alone.
    """
    where = home.place()
    os.umask(0o077)
    made = home.make(where)
    click.echo(f"数据目录：{where}")
    for what in made:
        click.echo(f"  {WORDS[what]}")
    if not made:
        click.echo("  已有，未改动")
    house()
    called = {"system": system, "security": security, "audit": audit}
    for line in reach("beginning:begin")(alg, called, address):
        click.echo(line)
