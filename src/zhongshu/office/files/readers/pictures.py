"""PNG, JPEG, TIFF: the size is looked at before a single pixel is decoded."""

from __future__ import annotations

from typing import BinaryIO

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from zhongshu.kernel.papers.layout import Layout, Page
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .found import Found, Laid, Picture

# Named so that every plug-in is loaded before the walls stand.
KINDS = {
    PngImagePlugin.PngImageFile.format: "png",
    JpegImagePlugin.JpegImageFile.format: "jpeg",
    MpoImagePlugin.MpoImageFile.format: "jpeg",  # what JPEG hands files of several pictures to
    TiffImagePlugin.TiffImageFile.format: "tiff",
}
FORMATS = ("PNG", "JPEG", "TIFF")
A4_WIDTH = 210.0  # millimetres
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"

Image.MAX_IMAGE_PIXELS = None  # ours is the check below, which refuses instead of warning
Image.init()


def _open(source: BinaryIO) -> Image.Image:
    """The picture, not decoded yet, when its first frame is not too large."""
    source.seek(0)
    try:
        image = Image.open(source, formats=FORMATS)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError):
        raise refuse("damaged") from None
    _check(image)
    return image


def _check(image: Image.Image) -> None:
    """Refuse a frame with too many pixels."""
    if image.width * image.height > limits.PIXELS:
        raise refuse("too_many_pixels", most=limits.PIXELS // 1_000_000)


def _frames(image: Image.Image) -> int:
    """How many pictures lie in a TIFF; one in anything else."""
    if image.format != "TIFF":
        return 1
    count = 0
    try:
        while count <= limits.FRAMES:
            image.seek(count)
            _check(image)
            count += 1
    except EOFError:
        pass
    except (OSError, ValueError, SyntaxError, TypeError, KeyError):
        raise refuse("damaged") from None
    if count > limits.FRAMES:
        raise refuse("too_many_pages", most=limits.FRAMES)
    return count


def _decode(image: Image.Image) -> None:
    """Decode the frame in front; a picture that ends early is refused, not shown grey."""
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, IndexError):
        raise refuse("damaged") from None


def inspect(source: BinaryIO) -> Found:
    """The kind and the number of frames; every frame is decoded once."""
    image = _open(source)
    kind = KINDS[image.format or ""]
    count = _frames(image)
    for frame in range(count):
        image.seek(frame)
        _decode(image)
    if kind == "png":
        source.seek(-len(PNG_END), 2)
        if source.read() != PNG_END:
            raise refuse("hidden_data")
    return Found(kind, count)


def layout(source: BinaryIO) -> Laid:
    """Pages without lines: there is nothing to read but for an optical reader."""
    image = _open(source)
    count = _frames(image)
    pages = []
    for frame in range(count):
        image.seek(frame)
        pages.append(Page((), *size(image)))
    return Laid(Layout("scan", tuple(pages)), tuple(range(1, count + 1)))


def size(image: Image.Image) -> tuple[float, float]:
    """Millimetres as the resolution says; as wide as A4 where it says nothing one can believe."""
    try:
        dots = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dots = 0.0
    wide = image.width / dots * 25.4 if 50 <= dots <= 2400 else A4_WIDTH
    return round(wide, 2), round(wide * image.height / image.width, 2)


def picture(source: BinaryIO, number: int, width: int) -> Picture:
    """One frame, at most so many pixels wide, upright and on white."""
    image = _frame(source, number)
    if image.height / image.width * width > limits.TALLEST:
        raise refuse("page_too_long")
    image.draft("RGB", (width, width * image.height // image.width))
    _decode(image)
    small = _on_white(image, (width, limits.TALLEST))
    return Picture(small.width, small.height, small.tobytes())


def upright(source: BinaryIO, number: int) -> tuple[Image.Image, float, float]:
    """One frame, upright and on white, and its size in millimetres."""
    image = _frame(source, number)
    _decode(image)
    turned = ImageOps.exif_transpose(image)
    wide, tall = size(image)
    if turned.width == image.height != image.width:
        wide, tall = tall, wide
    return _on_white(image, image.size), wide, tall


def _frame(source: BinaryIO, number: int) -> Image.Image:
    """The frame with this number, not decoded yet."""
    image = _open(source)
    if not 1 <= number <= _frames(image):
        raise refuse("no_such_page")
    image.seek(number - 1)
    return image


def _on_white(image: Image.Image, most: tuple[int, int]) -> Image.Image:
    """A frame as a person sees it, not larger than this."""
    if image.mode == "P":
        image = image.convert("RGBA")
    image.thumbnail(most)
    small = ImageOps.exif_transpose(image)
    if small.mode in ("RGBA", "LA", "PA"):
        paper = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(paper, small.convert("RGBA"))
    return small.convert("RGB")
