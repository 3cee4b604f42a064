"""Pages as images: drawn in the jail once, kept unmarked, marked for each viewer. 预览。"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from PIL import Image, PngImagePlugin

from zhongshu.office.refusal import refuse

from . import jail, kinds, limits, store, watermark
from .models import Blob

PNG = (PngImagePlugin.PngImageFile.format,)


def page(*, blob: Blob, number: int, width: int, words: tuple[str, ...]) -> bytes:
    """A page as PNG with these words across it. What cannot be shown is refused, with a reason."""
    if not kinds.KINDS[blob.kind].pages:
        raise refuse("no_pages")
    if width not in limits.WIDTHS or not 1 <= number <= (blob.pages or 0):
        raise refuse("no_such_page")
    image = watermark.stamp(_drawn(blob, number, width), words)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _drawn(blob: Blob, number: int, width: int) -> Image.Image:
    """The page without a watermark, drawn now or before."""
    path = _place(blob.digest, number, width)
    with suppress(OSError, SyntaxError), Image.open(path, formats=PNG) as kept:
        return kept.convert("RGB")
    with store.genuine(blob.digest) as source:
        drawn = jail.picture(source, blob.kind, number, width)
    image = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels)
    _keep(image, path)
    return image


def _place(digest: str, number: int, width: int) -> Path:
    """Where the image of a page is kept."""
    return store.root() / "cache" / digest[:2] / f"{digest}-{number:d}-{width:d}.png"


def _keep(image: Image.Image, path: Path) -> None:
    """Keep an image that can be drawn again: whole or not at all; a full disk is no misfortune."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, place = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            image.save(file, "PNG", compress_level=1)
        Path(place).replace(path)
