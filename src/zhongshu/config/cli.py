"""The `zhongshu` command."""

from __future__ import annotations

import click

from .demo import demo
from .flow import flow
from .journal import journal


@click.group()
@click.version_option(package_name="zhongshu")
def main() -> None:
    """中枢: the general office of a bureau."""


main.add_command(demo)
main.add_command(flow)
main.add_command(journal)
