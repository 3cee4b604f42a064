"""`zhongshu demo`: a living invented bureau in a folder of its own, ready to sign in to. 演示."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import cast

import click

from zhongshu.config import home
from zhongshu.config.doors import house, reach

SIZES = {"small": 150, "bureau": 550, "large": 10_000}


@click.command()
@click.option("--fresh", is_flag=True, help="丢弃上次的演示数据 throw the last demo away")
@click.option("--size", type=click.Choice(list(SIZES)), default="bureau", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--serve/--no-serve", default=True, help="建好后直接运行 run it when it is built")
def demo(*, fresh: bool, size: str, port: int, serve: bool) -> None:
    """演示：一个虚构的水务局，三百人，一年的事项，都由真实的办理动作产生。

    A living bureau: invented people, a year of matters made through the real actions.
    """
    where = Path(os.environ.setdefault("ZHONGSHU_HOME", "zhongshu-demo")).absolute()
    os.environ.setdefault("ZHONGSHU_HTTPS", "0")
    os.environ.setdefault("ZHONGSHU_BUREAU", "云泽市水务局（演示）")
    done = where / "demo.done"
    if fresh and where.exists():
        _only_a_demo(where)
        shutil.rmtree(where)
    if not done.exists():
        if where.exists():
            _only_a_demo(where)
            shutil.rmtree(where)
        home.make(where)
        (where / "demo").touch()
        house()
        with click.progressbar(length=SIZES[size], label="过一年 / living a year") as bar:
            for begun in reach("town.build:build")(SIZES[size]):
                bar.update(begun)
        done.touch()
    else:
        house()
    for line in reach("town.build:cards")(port):
        click.echo(line)
    if serve:
        run = cast(click.Command, reach("commands.run:run"))
        run.main(["--port", str(port)], standalone_mode=False)


def _only_a_demo(where: Path) -> None:
    """Never touch a folder that was not made by this command."""
    if not (where / "demo").exists():
        raise click.ClickException(
            f"{where} 不是演示数据，没有动它。请换一个目录（ZHONGSHU_HOME）。"
        )
