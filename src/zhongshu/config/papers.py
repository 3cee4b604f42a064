"""`zhongshu papers`: read papers from the shell, without a database. 识读公文."""

from __future__ import annotations

from pathlib import Path

from zhongshu.kernel.papers.layout import Layout
from zhongshu.office.files import jail, kinds


def layout_of(path: Path) -> Layout:
    """The layout of a file, read in the jail; a refusal is raised."""
    with path.open("rb") as source:
        kind = jail.inspect(source).kind
        kinds.agree(kinds.KINDS[kind], path.name)
        return jail.layout(source, kind).layout
