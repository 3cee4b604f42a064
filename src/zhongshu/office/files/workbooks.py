"""Spreadsheets going out: every cell is text or a number, never a formula or a link. 表格输出.

A cell that begins with = + - @ would be run by whoever opens the file; written as text it is only
read. xlsxwriter makes formulas, links and numbers out of texts unless it is told not to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from zhongshu.office import clock

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters a cell can hold
WIDEST = 60  # characters of a column
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Cell = str | int | Decimal | None


def workbook(
    *,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    foot: str = "",
    at: datetime | None = None,
) -> bytes:
    """One sheet: heads that stay in sight, rows, and a last line of where it comes from. Columns
    are as wide as what stands in them; made `at` the same moment, now if none is given, the same
    rows are the same bytes.

    `ValueError` for a cell longer than a cell can be: nothing is cut in silence.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        book.set_properties({"created": clock.local(at or clock.now()).replace(tzinfo=None)})
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, _clean(head), bold)
        widths = [_width(head) for head in heads]
        sheet.freeze_panes(1, 0)
        line = 0
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value)
                widths[column] = max(widths[column], _width(str(value or "")))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST))
        if foot:
            sheet.write_string(line + 2, 0, _clean(foot))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _width(text: str) -> int:
    """Characters of a column, a Chinese one counted twice."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) + 2


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Cell) -> None:
    if value is None:
        return
    if isinstance(value, int | Decimal):
        sheet.write_number(line, column, value)
        return
    sheet.write_string(line, column, _clean(value))


def _clean(value: str) -> str:
    """A text without what no cell can hold."""
    text = "".join(one for one in value if one >= " " or one in "\n\t")
    if len(text) > LONGEST:
        raise ValueError(f"a cell of {len(text)} characters")
    return text
