"""XLSX: sheets as rows of text, for reading and for the import of people."""

from __future__ import annotations

import datetime
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from .found import Found, Lines

type_of_cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


def _said(cell: type_of_cell) -> str:
    """A cell as a person reads it: a whole number without a point, a day as a day."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def rows(source: BinaryIO) -> list[tuple[str, list[list[str]]]]:
    """Every sheet: its name and its rows, each cell as text."""
    source.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source)
        names = [
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if len(names) > limits.SHEETS:
            raise refuse("too_many_rows", most=limits.ROWS)
        return [(name, _rows(book, name)) for name in names]
    except CalamineError:
        raise refuse("damaged") from None


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    """The rows of one sheet, unless they are too many."""
    sheet = book.get_sheet_by_name(name)
    if sheet.height > limits.ROWS or sheet.height * sheet.width > limits.CELLS:
        raise refuse("too_many_rows", most=limits.ROWS)
    return [[_said(cell) for cell in row] for row in sheet.iter_rows()]


def inspect(source: BinaryIO) -> Found:
    """How many sheets, and how each of the first begins."""
    sheets = rows(source)
    head = tuple(
        "\n".join("\t".join(row) for row in found[:20])[: limits.HEAD]
        for _, found in sheets[: limits.HEAD_PAGES]
    )
    return Found("xlsx", len(sheets), head=head)


def text(source: BinaryIO) -> list[str]:
    """Every sheet as lines of cells."""
    lines, pages = Lines(), []
    for name, found in rows(source):
        pages.append("\n".join([name, *("\t".join(row) for row in found)]))
        lines.add(pages[-1])
    return pages
