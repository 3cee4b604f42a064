"""Pages of an OFD as pictures. 绘制版式页面。

Letters in the faces of the house, paths with their lines and fills, pictures, seals. Not drawn:
clips, patterns, gradients (their first colour stands for them) and pictures in JBIG2, in whose
place a frame says so.
"""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import BmpImagePlugin, GifImagePlugin, Image, ImageChops

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.files.packages import Package
from zhongshu.office.refusal import Refusal, refuse

from . import ofd_stamps
from .canvas import Canvas
from .found import Picture as Pixels
from .matrices import boxed, times
from .ofd_book import Book, Document, Sheet
from .ofd_objects import Content, Path, Picture, content
from .ofd_resources import Resources

BITMAP, GIF = BmpImagePlugin.BmpImageFile.format, GifImagePlugin.GifImageFile.format
FORMATS = ("PNG", "JPEG", "TIFF", BITMAP, GIF)
FINE = 2  # a page is drawn so many times as large, and made smaller
DOTS = 2.0  # a millimetre of the sketch in which seals are looked for


class Drawer:
    """Draws what stands on a page; counts the pixels of all its pictures together."""

    def __init__(self, document: Document, resources: Resources) -> None:
        self._document, self._resources = document, resources
        self._left = limits.PIXELS

    def draw(self, on: Content, canvas: Canvas, *, words: bool = True) -> None:
        """Everything, from the back to the front."""
        for thing in on.things:
            if isinstance(thing, Path):
                canvas.path(thing)
            elif isinstance(thing, Picture):
                self._picture(thing, canvas)
            elif words:
                canvas.text(thing)

    def _picture(self, picture: Picture, canvas: Canvas) -> None:
        """A picture, or a frame where it cannot be shown."""
        media = self._resources.media.get(picture.mark)
        if media is None:
            return
        image = self.opened(self._document.book.content(media))
        if image is None:
            canvas.frame(picture.matrix)
            return
        mask = self._resources.media.get(picture.mask)
        shape = self.opened(self._document.book.content(mask)) if mask else None
        if shape:
            image.putalpha(shape.convert("L").resize(image.size))
        canvas.put(image, picture.matrix, picture.alpha)

    def opened(self, raw: bytes) -> Image.Image | None:
        """A picture with its clear parts; None for what is not known or broken."""
        try:
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            self._left -= image.width * image.height
            if self._left < 0:
                raise refuse("too_many_pixels", most=limits.PIXELS // 1_000_000)
            return image.convert("RGBA")
        except (OSError, ValueError, SyntaxError, TypeError, EOFError, IndexError):
            return None

    def stamp(self, stamp: ofd_stamps.Stamp, area: Box, canvas: Canvas) -> None:
        """A seal; words show through it, as through ink."""
        look = ofd_stamps.image(self._document, stamp)
        seen = boxed(canvas.onto, _shifted(stamp.seen, area))
        cut = canvas.inside(seen) if seen else None
        if look is None or cut is None:
            return
        on, at = Canvas(canvas.image.size, canvas.onto), _shifted(stamp.box, area)
        wide, tall = at.right - at.left, at.bottom - at.top
        if look.format == "ofd":
            _nested(look.content, at, on)
        else:
            image = self.opened(look.content)
            if image:
                on.put(image, (wide, 0.0, 0.0, tall, at.left, at.top))
        inked = ImageChops.multiply(canvas.image.crop(cut), on.image.crop(cut))
        canvas.image.paste(inked, cut[:2])


def _shifted(box: Box, area: Box) -> Box:
    """A box seen from where the paper begins."""
    return Box(
        box.left - area.left, box.top - area.top, box.right - area.left, box.bottom - area.top
    )


def _nested(raw: bytes, at: Box, canvas: Canvas) -> None:
    """A seal that is an OFD itself: its first page; one that is broken is not drawn."""
    with suppress(Refusal):
        document = Book(Package(io.BytesIO(raw))).sheets[0].document
        resources = Resources(document)
        on = content(document.sheets[0], resources)
        share = (at.right - at.left) / on.area.right, (at.bottom - at.top) / on.area.bottom
        canvas.onto = times((share[0], 0.0, 0.0, share[1], at.left, at.top), canvas.onto)
        Drawer(document, resources).draw(on, canvas)


def sketch(sheet: Sheet, on: Content, resources: Resources) -> Image.Image | None:
    """A page without its words, small; None for a page too large for that."""
    wide, tall = round(on.area.right * DOTS) or 1, round(on.area.bottom * DOTS) or 1
    if wide * tall > limits.PIXELS / 8:
        return None
    canvas = Canvas((wide, tall), (DOTS, 0.0, 0.0, DOTS, 0.0, 0.0))
    Drawer(sheet.document, resources).draw(on, canvas, words=False)
    return canvas.image


def picture(package: Package, number: int, width: int) -> Pixels:
    """One page, so many pixels wide, with its seals."""
    book = Book(package)
    if not 1 <= number <= len(book.sheets):
        raise refuse("no_such_page")
    sheet = book.sheets[number - 1]
    resources = Resources(sheet.document)
    on = content(sheet, resources)
    tall = max(1, round(on.area.bottom / on.area.right * width))
    if tall > limits.TALLEST:
        raise refuse("page_too_long")
    dots = width * FINE / on.area.right
    canvas = Canvas((width * FINE, tall * FINE), (dots, 0.0, 0.0, dots, 0.0, 0.0))
    drawer = Drawer(sheet.document, resources)
    drawer.draw(on, canvas)
    for stamp in ofd_stamps.stamps(sheet.document):
        if stamp.page == sheet.mark:
            drawer.stamp(stamp, on.whole, canvas)
    small = canvas.image.reduce(FINE)
    return Pixels(small.width, small.height, small.tobytes())
