"""The matrix of incompatible duties as shipped: defaults with sources, for an office to amend."""

from __future__ import annotations

from datetime import date

from .matrix import Duty, Grade, Matrix, Pair
from .model import Label

# Entries that a law demands; all others are common practice of internal control, built on the
# rules for administrative and public institutions. Article numbers of the accounting law are those
# of the text in force since 2024-07-01, hence the date of this version.
PRACTICE = "行政事业单位内部控制规范（试行）（财会〔2012〕21号）及通行做法"
ACCOUNTING = "中华人民共和国会计法第二十五条"
CASHIER = "中华人民共和国会计法第三十五条；会计基础工作规范第十二条"
PROCUREMENT = "中华人民共和国政府采购法第六十一条（参照）"

DUTIES = (
    Duty("APP", Label("申请经办", "request and handling")),
    Duty("BUD", Label("预算审核", "budget control")),
    Duty("AUT", Label("业务审批", "business approval")),
    Duty("PUR", Label("采购执行", "procurement execution")),
    Duty("EVA", Label("评审定标", "evaluation and award")),
    Duty("CON", Label("合同审签", "contract review and signing")),
    Duty("ACC", Label("验收", "acceptance")),
    Duty("CUS", Label("实物保管", "custody")),
    Duty("REV", Label("会计审核", "accounting review")),
    Duty("PAP", Label("付款审批", "payment approval")),
    Duty("CSH", Label("出纳付款", "cashier")),
    Duty("BKP", Label("记账", "bookkeeping")),
    Duty("REC", Label("稽核对账", "internal check and reconciliation")),
    Duty("CNT", Label("盘点", "stocktake")),
    Duty("MDM", Label("主数据", "supplier and account data")),
    Duty("SUP", Label("监督纪检", "supervision and discipline")),
    Duty("SYS", Label("系统授权", "system rights")),
)

# One row for each duty against those after it. S static, C per case, R review, . free.
ROWS = """
APP C C C C C R C C C C S C R C C C
BUD C S C C C . R C S R . . C S S
AUT S C C C S C R S S S R S S S
PUR S S S S S S S S . C S S S
EVA C C . . C . . . . C S .
CON C . R C S R . . C S .
ACC R C C S C . R . S .
CUS S S S S S S . S S
REV C S R R R C S S
PAP S S S . S S S
CSH S S C S S S
BKP C R C S S
REC R C R S
CNT . R .
MDM S C
SUP S
"""

BY_LAW = {
    ("APP", "BKP"): ACCOUNTING,
    ("AUT", "BKP"): ACCOUNTING,
    ("CUS", "BKP"): ACCOUNTING,
    ("PAP", "BKP"): ACCOUNTING,
    ("CSH", "BKP"): CASHIER,
    ("CSH", "REC"): CASHIER,
    ("PUR", "CON"): PROCUREMENT,
    ("PUR", "ACC"): PROCUREMENT,
}


def _pairs() -> tuple[Pair, ...]:
    codes = [duty.code for duty in DUTIES]
    pairs = []
    for row in ROWS.split("\n")[1:-1]:
        first, *grades = row.split()
        later = codes[codes.index(first) + 1 :]
        for second, grade in zip(later, grades, strict=True):
            if grade != ".":
                law = BY_LAW.get((first, second))
                pairs.append(Pair(first, second, Grade(grade), law or PRACTICE, law is not None))
    return tuple(pairs)


SHIPPED = (Matrix(date(2024, 7, 1), DUTIES, _pairs()),)
