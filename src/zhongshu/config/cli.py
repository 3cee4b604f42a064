"""The `zhongshu` command."""

from __future__ import annotations

import click

from .doors import Door, Lazy

DOORS = {
    "demo": Door("commands.demo:demo", "演示：一个虚构单位的一年。A living bureau.", house=False),
    "story": Door("story:story", "讲一件事：一份签报，五个人。A case, told.", house=False),
    "init": Door("commands.init:init", "建立数据目录。Make the house.", house=False),
    "run": Door("commands.run:run", "运行：网页和后台。Serve and work.", house=False),
    "serve": Door("commands.serve:serve", "只运行网页。Serve the pages."),
    "work": Door("commands.work:work", "只运行后台。Do the work behind the pages."),
    "check": Door("commands.check:check", "运行前检查。Is it safe to run?"),
    "doctor": Door("commands.doctor:doctor", "体检：缺什么，怎么补。What is missing."),
    "backup": Door("commands.backup:backup", "备份，运行中也一致。Back up while running."),
    "restore": Door("commands.restore:restore", "核验或恢复备份。Verify or restore."),
    "people": Door("commands.people:people", "机构人员：从表格导入。People from a table."),
    "journal": Door("journal:journal", "日志：核验、回执、头码。The journal.", house=False),
    "papers": Door("papers:papers", "识读公文，不需要数据库。Read papers."),
    "flow": Door("flow:flow", "流程定义：检查、绘图。Process definitions.", house=False),
}


@click.group(cls=Lazy, doors=DOORS)
@click.version_option(package_name="zhongshu")
def main() -> None:
    """中枢: the general office of a bureau."""
