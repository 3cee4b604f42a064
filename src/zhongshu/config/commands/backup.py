"""`zhongshu backup`: a consistent copy of a living house. 备份."""

from __future__ import annotations

from pathlib import Path

import click

from zhongshu.config.copies import making


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.option("--quiet", is_flag=True, help="不报进度 say nothing meanwhile")
def backup(target: Path, *, quiet: bool) -> None:
    """把数据库的同一时刻和全部文件备份到目录 TARGET；运行中也一致，文件只抄新的。

    Copy one moment of the database and all files into TARGET; consistent while the house runs.
    """
    made = making.make(target, lambda words: None if quiet else click.echo(words))
    click.echo(f"已备份：{made.path}")
    click.echo(
        f"  {made.rows} 行，{made.files} 个文件（新抄 {made.copied} 个），日志到第 {made.size} 条"
    )
    if made.missing:
        click.secho(f"  {len(made.missing)} 个文件缺失或损坏，见上", fg="red", err=True)
        raise SystemExit(1)
    click.echo(f"下一步，证明它恢复得出来：zhongshu restore verify {made.path}")
