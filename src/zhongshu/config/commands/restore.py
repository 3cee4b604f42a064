"""`zhongshu restore`: prove a backup, restore it beside the old house, confirm it. 恢复."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings

from zhongshu.config import restored
from zhongshu.config.copies.reading import Damaged
from zhongshu.config.copies.restoring import Proof, prove
from zhongshu.config.copies.restoring import restore as restore_into

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--verify", "file", type=FILE, help="同 restore verify")
@click.pass_context
def restore(ctx: click.Context, file: Path | None) -> None:
    """核验备份（verify）、恢复到新目录（into）、恢复后由两名管理员确认（confirm）。

    Prove a backup, restore it into a new folder, and have two administrators confirm it.
    """
    if file is not None:
        ctx.invoke(verify, file=file)
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@restore.command()
@click.argument("file", type=FILE)
def verify(file: Path) -> None:
    """证明一份备份恢复得出来：恢复到临时库，逐行、逐文件、逐条日志核对。

    Prove that a backup restores: into a database that is thrown away, compared row by row.
    """
    proof = _guarded(lambda: prove(file, click.echo))
    _tell(proof)
    if proof.missing:
        raise SystemExit(1)


@restore.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("file", type=FILE)
@click.option("--database", default="", help="空的 PostgreSQL 地址；不写则用目录里的 SQLite")
def into(folder: Path, file: Path, database: str) -> None:
    """恢复到一个新目录 FOLDER（不存在或空的），从不覆盖有内容的目录或数据库。

    Restore into a new FOLDER; never over a folder or database that holds something.
    """
    proof = _guarded(lambda: restore_into(file, folder.absolute(), database, click.echo))
    _tell(proof)
    click.echo(f"已恢复到 {folder}。正常使用前，须由两名管理员各自确认：")
    click.echo(f"  ZHONGSHU_HOME={folder} zhongshu restore confirm")


@restore.command()
def confirm() -> None:
    """两名管理员各运行一次，看过差距后确认；之后才能正常使用。

    Run once by each of two administrators, who see what is missing; then the house may run.
    """
    if not restored.waiting(settings.HOME):
        click.echo("没有待确认的恢复")
        return
    gap = restored.gap_here()
    for line in gap.lines():
        click.echo(line)
    names = restored.confirmed(settings.HOME)
    if names:
        click.echo(f"已确认：{'、'.join(names)}；还要另一名管理员")
    account = restored.administrator(
        username=click.prompt("管理员登录名"),
        password=click.prompt("密码", hide_input=True),
    )
    if account is None:
        raise click.ClickException("登录名或密码不对，或不是管理员")
    if account.username in names:
        raise click.ClickException("您已确认过，要由另一名管理员确认")
    done = restored.confirm(folder=settings.HOME, by=account, gap=gap)
    click.echo("两名管理员均已确认，可以运行" if done else "已记下，还要另一名管理员确认")


def _guarded(do: Callable[[], Proof]) -> Proof:
    try:
        return do()
    except Damaged as why:
        raise click.ClickException(f"这份备份不可信：{why}") from why
    except FileExistsError as why:
        raise click.ClickException(f"{why} 已有内容，不覆盖") from why


def _tell(proof: Proof) -> None:
    for line in proof.gap:
        click.secho(line, fg="red" if proof.older else None)
    for digest in proof.missing:
        click.secho(f"文件缺失或损坏：{digest}", fg="red", err=True)
    if proof.missing:
        return
    if proof.older:
        click.secho("这份备份恢复得出来，但比外存头码旧，缺什么见上。", fg="yellow")
    else:
        click.secho("这份备份恢复得出来。", fg="green")
