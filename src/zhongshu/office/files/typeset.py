"""Papers set in type: a template of ours and data that is only data, to PDF. 排版.

What people wrote goes in as JSON and is never put into the text of a template, so nothing in it
can be a command. The compiler reads no file, fetches no package and runs in this process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from .fonts import PLACES


def pdf(*, template: str, data: Mapping[str, object], at: datetime) -> bytes:
    """The template with this data, as PDF. The same data at the same moment give the same bytes.

    `at` with its time zone; it becomes the date of the document.
    """
    return typst.compile(
        template.encode(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=_fixed(at),
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts there are, looked for once: the office's own and those of the system."""
    places = [Path(one) for one in (settings.FONTS_ROOT, *PLACES) if Path(one).is_dir()]
    return typst.Fonts(include_system_fonts=True, font_paths=places)


def _fixed(at: datetime) -> datetime:
    """The moment to the second, with a plain offset: all the compiler takes."""
    return at.astimezone(timezone(at.utcoffset() or timedelta())).replace(microsecond=0)
