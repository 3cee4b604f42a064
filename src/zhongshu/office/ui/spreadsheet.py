"""A list as a spreadsheet to take away. 导出表格."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import HttpResponse

from zhongshu.office.files.workbooks import TYPE, Cell, workbook


def attached(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The answer that hands over a spreadsheet of one sheet, called `name`."""
    answer = HttpResponse(workbook(title=name, heads=head, rows=rows), content_type=TYPE)
    told = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    answer["Content-Disposition"] = told
    return answer
