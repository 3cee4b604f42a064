"""A list as a spreadsheet to take away: text stays text, numbers are numbers. 导出表格."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from zhongshu.office import clock

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters of a column
Cell = str | int | Decimal | None


def attached(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The answer that hands over a spreadsheet of one sheet, called `name`."""
    answer = HttpResponse(book(name, head, rows), content_type=KIND)
    told = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    answer["Content-Disposition"] = told
    return answer


def book(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet. Nothing in it is a formula, whatever a cell begins with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "in_memory": True}) as made:
        made.set_properties({"created": clock.local(clock.now()).replace(tzinfo=None)})
        sheet = made.add_worksheet(name[:31])
        bold = made.add_format({"bold": True, "bottom": 1})
        wide = [_width(cell) for cell in head]
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, bold)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | Decimal):
                    sheet.write_number(at, column, cell)
                elif cell is not None:
                    sheet.write_string(at, column, cell)
                    wide[column] = max(wide[column], _width(cell))
        for column, width in enumerate(wide):
            sheet.set_column(column, column, min(width, WIDEST))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _width(text: str) -> int:
    """Characters of a column, a Chinese one counted twice."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) + 2
