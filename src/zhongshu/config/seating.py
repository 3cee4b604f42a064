"""After people changed, every open matter is asked who sits where. 重新就座.

How far it has come stands in a file, so that a restart goes on where it was; a change meanwhile
begins anew. Asking again is harmless: a matter in which nobody moves is not written.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from django.conf import settings

from zhongshu.office.matters import waking
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

from . import home

log = logging.getLogger("zhongshu.work")
BATCH = 200


def reseat_some() -> int:
    """Ask the next matters; how many were asked. Nothing when all have been asked."""
    bureau = people.bureau()
    mark = f"{bureau.revision} {bureau.until.isoformat()}"
    path = settings.HOME / "run" / "seated.json"
    reached = _reached(path, mark)
    if reached is None:
        return 0
    rows = waking.alive_after(pk=reached, limit=BATCH)
    for _, key in rows:
        try:
            waking.reseat(key=key)
        except Refusal as no:
            log.warning("matter %s could not be reseated: %s", key, ", ".join(no.refused.codes))
    after = rows[-1][0] if len(rows) == BATCH else None
    home.write_whole(path, json.dumps({"mark": mark, "reached": after}))
    return len(rows)


def _reached(path: Path, mark: str) -> int | None:
    """The last matter that was asked under this mark; None when all were."""
    if not path.exists():
        return 0
    kept = json.loads(path.read_text("utf-8"))
    if kept["mark"] != mark:
        return 0
    reached: int | None = kept["reached"]
    return reached
