"""Pages that only look: whatever they try to write fails at once. 只读页."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

READS = ("SELECT", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "WITH")

View = Callable[..., HttpResponse]


class PageWrote(RuntimeError):
    """A page that promised to look only tried to write."""


def _only_reads(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.lstrip(" (").upper().startswith(READS):
        raise PageWrote(sql[:80])
    return execute(sql, params, many, context)


def reads(view: View) -> View:
    """Wrap a view so that it cannot write; its answer is rendered inside the guard."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The view, unable to write."""
        with connection.execute_wrapper(_only_reads):
            return view(request, *args, **kwargs)

    return guarded
