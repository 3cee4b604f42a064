"""What is read and printed: the pages of a file, the slip as PDF. 打印.

The page of a document prints as the same slip, by its style sheet.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongshu.apps.documents import slips
from zhongshu.apps.documents.models import Incoming
from zhongshu.apps.documents.queries.document import Document, document
from zhongshu.office.files import limits
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads

WIDTH = max(limits.WIDTHS)
SHOWN = 30  # pages of one file on one page


@require_safe
@reads
def leaves(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """The pages of one file, one below the other, marked with the reader's name."""
    found = _found(request, key)
    one = next((each for each in found.files if each.key == file and each.blob.pages), None)
    if one is None:
        raise Http404
    leaves = range(1, min(one.blob.pages or 0, SHOWN) + 1)
    context = {"matter": found.sheet.matter, "file": one, "leaves": leaves, "width": WIDTH}
    return render(request, "documents/leaves.html", context)


@require_safe
@reads
def slip(request: HttpRequest, key: str) -> HttpResponse:
    """文件处理单 as PDF, with the reader and the minute across it."""
    found = _found(request, key)
    reader = people.names().get(people.acting(request).person, "")
    answer = HttpResponse(slips.pdf(found, reader), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="slip-{found.sheet.matter.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _found(request: HttpRequest, key: str) -> Document:
    try:
        return document(key=key, seen_by=people.acting(request))
    except (Matter.DoesNotExist, Incoming.DoesNotExist) as no:
        raise Http404 from no
