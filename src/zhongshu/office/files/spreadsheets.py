"""Spreadsheets people send: an organisation, a tree of targets; read in the jail only. 表格读取."""

from __future__ import annotations

import csv
import io
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


def rows_of(sent: bytes) -> list[list[str]]:
    """The rows of a spreadsheet, or of CSV in UTF-8 or in what Chinese spreadsheets write.

    ValueError if it is none of them.
    """
    if sent.startswith(b"PK"):
        return first_sheet(sent)
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = sent.decode("gb18030")
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), strict=True)]
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault


above.register(reader=first_sheet)
