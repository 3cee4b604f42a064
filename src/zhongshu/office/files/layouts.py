"""Papers as layouts: lines and where they stand, for the rules that recognise a paper. 版面。"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from zhongshu.kernel.papers.layout import Layout
from zhongshu.office.refusal import refuse

from . import jail, kinds, limits, store
from .models import Blob


def stored(*, digest: str) -> Layout:
    """The layout of a stored file, which was inspected when it came. Refused with a reason when it
    is damaged or too hard to read. `Blob.DoesNotExist` for a digest nobody knows.

    Who may see the file is asked by whoever found its digest, as for `previews.page`.
    """
    kind = Blob.objects.values_list("kind", flat=True).get(digest=digest)
    with store.genuine(digest) as source:
        return read(source, kind)


def typed(*, digest: str) -> bool:
    """Whether every page of a stored file has words of its own, so that it is quickly read."""
    kind = Blob.objects.values_list("kind", flat=True).get(digest=digest)
    with store.genuine(digest) as source:
        return not jail.layout(source, kind)[1]


def at(path: Path) -> Layout:
    """The layout of a file that is not in the store. It is inspected first, and its name must fit
    its content as that of any file. `OSError` where it cannot be opened."""
    with path.open("rb") as source:
        kind = jail.inspect(source).kind
        kinds.agree(kinds.KINDS[kind], path.name)
        return read(source, kind)


def read(source: IO[bytes], kind: str) -> Layout:
    """The layout of an open file of a kind. Pages that are pictures are read by the optical reader
    where it is installed, the first `limits.SEEN_PAGES` of them; the others have no lines. Where
    nothing can be read without it, `needs_ocr` is the refusal."""
    found, bare = jail.layout(source, kind)[:2]
    if not bare:
        return found
    nothing = not any(page.lines for page in found.pages)
    if not jail.can_see():
        if nothing:
            raise refuse("needs_ocr")
        return found
    pages = list(found.pages)
    for number in bare[: limits.SEEN_PAGES]:
        pages[number - 1] = jail.see(source, kind, number)
    return found._replace(form="scan" if nothing else found.form, pages=tuple(pages))
