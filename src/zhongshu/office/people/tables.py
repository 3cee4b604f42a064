"""Bytes of a table somebody sends, as a spreadsheet or as CSV, to rows of text. 读表."""

from __future__ import annotations

import csv
import io

from . import above


def rows_of(sent: bytes) -> list[list[str]]:
    """The rows; `ValueError` if it is neither, or cannot be read."""
    return above.rows_of(sent) if sent.startswith(b"PK") else _from_csv(sent)


def _from_csv(sent: bytes) -> list[list[str]]:
    """CSV in UTF-8, or in what Chinese spreadsheets write."""
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = sent.decode("gb18030")
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), strict=True)]
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
