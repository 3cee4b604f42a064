"""`zhongshu people import`: a table of units, posts and people, put forward from a file. 导入.

Whoever sits at the machine proposes; the security administrator releases it on his page. So the
command makes nobody by itself, and no name is lent to it.
"""

from __future__ import annotations

from pathlib import Path

import click

from zhongshu.office.actor import machine
from zhongshu.office.people import actions
from zhongshu.office.people.actions.importing import known
from zhongshu.office.people.organisation_table import plan
from zhongshu.office.people.tables import rows_of

SHOWN = 50


@click.group()
def people() -> None:
    """机构人员：从表格导入。Units, posts and people from a table."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="只检查，不提交 only look, propose nothing")
def import_(file: Path, check: bool) -> None:
    """检查一张机构人员表（xlsx 或 CSV）；没有错误就提交，等安全保密管理员在网页上放行。

    Check a table; without a fault it is put forward and waits for the security administrator.
    """
    try:
        rows = rows_of(file.read_bytes())
    except (OSError, ValueError) as why:
        raise click.ClickException(
            "读不出表格：请用 UTF-8 或 GB18030 的 CSV，或者 xlsx / cannot be read as a table"
        ) from why
    found = plan(rows, known())
    for fault in found.faults[:SHOWN]:
        click.echo(f"第 {fault.row} 行  {fault.told(chinese=True)} / {fault.told(chinese=False)}")
    if found.faults:
        raise click.ClickException(
            f"共 {len(found.faults)} 处错误，什么都没有写入 / faults, nothing was written"
        )
    click.echo(
        f"部门 {len(found.units)}，岗位 {len(found.posts)}，人员 {len(found.people)}"
        " / units, posts, people"
    )
    if not check:
        row = actions.propose_import(name=file.name, rows=rows, by=machine("import"))
        click.secho(
            f"已提交，等待安全保密管理员放行：/people/imports/{row.key}/ / waits for release",
            fg="green",
        )
