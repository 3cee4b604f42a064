"""`zhongshu doctor`: what this machine has and lacks, and what to do about it. 体检."""

from __future__ import annotations

import click

from zhongshu.config import doctor as looking
from zhongshu.config import safety
from zhongshu.config.telling import JSON, LANG, tell


@click.command()
@JSON
@LANG
def doctor(lang: str, *, as_json: bool) -> None:
    """体检：列出有什么、缺什么、怎么补；包括 check 的全部检查。

    What there is, what is missing, and how to mend it; with everything that check looks at.
    """
    found = [*safety.check(), *looking.examine()]
    tell(list(dict.fromkeys(found)), lang, as_json=as_json)
