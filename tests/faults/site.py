"""The smallest server that acts: what the harnesses kill. The same actions, settings and database.

With FAULTS_CONTROL=early it answers before it has written, which must be noticed.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, close_old_connections, connections

from zhongshu.office.refusal import Refusal

from . import house

EARLY = os.environ.get("FAULTS_CONTROL") == "early"
Start = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """POST /plans a key: what may be done; POST /act a plan with a key: done, refused or failed."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    asked = json.loads(body or b"{}")
    try:
        if environ["PATH_INFO"] == "/plans":
            return _answer(start, "200 OK", house.plans(asked["matter"]))
        if EARLY:
            threading.Thread(target=_later, args=(asked,)).start()
            return _answer(start, "200 OK", {"event": 0})
        done = house.do(asked, asked["once"])
        return _answer(start, "200 OK", {"event": done.event})
    except Refusal as no:
        return _answer(start, "409 Conflict", {"codes": no.refused.codes})
    except DatabaseError as why:
        close_old_connections()
        return _answer(start, "503 Service Unavailable", {"why": str(why)[:80]})


def _later(asked: dict[str, Any]) -> None:
    try:
        house.do(asked, asked["once"])
    except (Refusal, DatabaseError):
        pass
    finally:
        connections.close_all()


def _answer(start: Start, status: str, said: object) -> list[bytes]:
    whole = json.dumps(said).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(whole)))])
    return [whole]
