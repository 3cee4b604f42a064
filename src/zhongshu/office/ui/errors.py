"""Pages for when something is wrong: no detail, but a number to report. 出错页.

The number stands in the log beside the cause, so that who reads one finds the other.
"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhongshu.office import clock

log = logging.getLogger("zhongshu.report")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came cannot be understood."""
    return _page(request, 400, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not yours to do."""
    return _page(request, 403, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or from one grown old."""
    return _page(request, 403, reason, "403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing you may know of."""
    return _page(request, 404, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Asks neither the database nor the user."""
    return _page(request, 500, "")


def _page(request: HttpRequest, status: int, cause: object, template: str = "") -> HttpResponse:
    number = clock.token()[:10].upper()
    what = type(cause).__name__ if isinstance(cause, Exception) else str(cause)
    log.warning("report %s: %s %s %r %r", number, status, request.method, request.path, what)
    return render(request, template or f"{status}.html", {"report": number}, status=status)
