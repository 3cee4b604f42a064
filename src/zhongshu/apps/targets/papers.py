"""The result of a year of targets, set in type. 目标得分印发件."""

from __future__ import annotations

from zhongshu.office import clock
from zhongshu.office.files.reports import Part, Report, Table, pdf

from .looks import Tree
from .models import Plan

HEAD = ("编号", "指标", "牵头", "权重", "实绩 / 目标", "得分", "怎么算的")


def score_pdf(plan: Plan, tree: Tree, *, organ: str, reader: str) -> bytes:
    """Every indicator with its points and how they were computed, and the sum of the year."""
    now, year = clock.local(clock.now()), tree.year
    rows = [
        (
            row.node.code,
            row.node.name,
            row.node.lead.name if row.node.lead else "",
            f"{row.score.weight.normalize():f}",
            row.now,
            str(row.score.points),
            row.score.how.zh,
        )
        for row in tree.rows
        if row.score
    ]
    text = (
        f"指标 {year.base} 分，加分 {year.bonus}，扣分 {year.deduction}，合计 {year.total} 分。"
        + ("暂定，不定等次。" if year.provisional else year.grade.zh)
    )
    broken = f"约束性指标未守住：{'、'.join(year.broken)}。" if year.broken else ""
    report = Report(
        "目标任务结果",
        f"{plan.year} 年，第 {plan.version} 版，{plan.basis}",
        organ,
        f"{now:%Y-%m-%d}",
        text + broken,
        [Part("各项指标", "", Table(HEAD, rows, 6, (3, 4, 5)))],
        "每项算到百分位再相加；没有佐证计 0。公式由本单位公布后执行。",
        f"{reader} {now:%m-%d %H:%M} 内部",
    )
    return pdf(report, at=now)
