"""Spreadsheets people send: an organisation, a tree of targets; read in the jail only. 表格读取."""

from __future__ import annotations

from tempfile import TemporaryFile

from zhongshu.office.people import above
from zhongshu.office.refusal import Refusal

from . import jail


def first_sheet(spreadsheet: bytes) -> list[list[str]]:
    """The rows of the first sheet. ValueError if it is no spreadsheet, or not a harmless one."""
    with TemporaryFile() as source:
        source.write(spreadsheet)
        source.seek(0)
        try:
            jail.inspect(source)
            sheets = jail.rows(source)
        except Refusal as refusal:
            raise ValueError(str(refusal)) from refusal
    return sheets[0][1] if sheets else []


above.register(reader=first_sheet)
