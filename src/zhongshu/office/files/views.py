"""Pages of files: the original as an attachment, and its pages as marked images."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zhongshu.office import clock
from zhongshu.office.people.models import Person
from zhongshu.office.people.queries import acting
from zhongshu.office.refusal import Refusal

from . import previews, queries, store, subjects
from .models import File
from .refusal_words import sentence

log = logging.getLogger("zhongshu.files")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@require_safe
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """The original, checked against its digest, always as an attachment."""
    file = _file(request, key)
    try:
        content = store.genuine(file.blob.digest)
    except Refusal as refusal:
        log.critical("%s: %s", refusal, file.blob.digest)
        return _refused(refusal, 503)
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=file.of.type,
        headers=HEADERS,
    )


@require_safe
def page(request: HttpRequest, key: str, number: int, width: int) -> HttpResponseBase:
    """One page as an image, with the viewer's name across it."""
    file = _file(request, key)
    try:
        image = previews.page(
            blob=file.blob, number=number, width=width, words=_words(request, file)
        )
    except Refusal as refusal:
        return _refused(refusal, 404 if refusal.refused.codes == ("no_such_page",) else 422)
    return HttpResponse(image, content_type="image/png", headers=HEADERS)


def _file(request: HttpRequest, key: str) -> File:
    """The file, or the same 404 for one that is absent and one that is not his."""
    try:
        return queries.find(key=key, seen_by=acting(request))
    except File.DoesNotExist:
        raise Http404 from None


def _words(request: HttpRequest, file: File) -> tuple[str, ...]:
    """What the watermark says: class, name, number, time."""
    person = Person.objects.get(key=acting(request).person)
    now = clock.local(clock.now())
    return (subjects.grade(file.subject), person.name, person.number, f"{now:%Y-%m-%d %H:%M}")


def _refused(refusal: Refusal, status: int) -> HttpResponse:
    """Why there is nothing to see, in a sentence."""
    said = sentence(refusal.refused.reasons[0], get_language() or "zh")
    return HttpResponse(
        said, content_type="text/plain; charset=utf-8", status=status, headers=HEADERS
    )
