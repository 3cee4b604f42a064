"""Commands that are loaded when they are called, so that each starts as fast as it can. 入口.

What only needs the kernel never waits for Django. What needs the house is imported only once
Django is set up, which is why its imports may stand at the top of its modules.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, cast

import click
import django


class Door(NamedTuple):
    """Where a command is, "module:name", and whether it needs the house; `help` is its line in
    the list, which is shown without opening any door."""

    where: str
    help: str
    house: bool = True


def house() -> None:
    """Set Django up, once. Whatever the house writes is nobody else's to read."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.config.settings")
    django.setup()


def reach(where: str) -> Callable[..., Any]:
    """What stands at "module:name". Only for names written in this package."""
    module, _, name = where.partition(":")
    return cast(Callable[..., Any], vars(import_module(f"zhongshu.config.{module}"))[name])


class Lazy(click.Group):
    """A group of commands behind doors."""

    def __init__(self, *args: Any, doors: dict[str, Door] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doors = doors or {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """All names, in the order they were written down."""
        return [*self.commands, *(name for name in self.doors if name not in self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Open one door."""
        door = self.doors.get(cmd_name)
        if door is None:
            return super().get_command(ctx, cmd_name)
        if door.house:
            house()
        return cast(click.Command, reach(door.where))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, with no door opened."""
        rows = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        rows += [(name, door.help) for name, door in self.doors.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
