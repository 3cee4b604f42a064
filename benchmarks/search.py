"""How fast Chinese text is found: 100,000 matters, queries of one, two and more characters.

    python benchmarks/search.py [matters]                            SQLite
    python -m tests.postgres python benchmarks/search.py [matters]   PostgreSQL

Every question is asked whole, with permission, order and highlights, as the page asks it: by the
head of the house, who sees all, by the head of a section, by the clerk to whom half of all came,
by one to whom one in twenty came and by an outsider to whom almost none did. Each
pair is asked 7 times; printed is the median, and in the last lines also the best of each, which a
busy machine disturbs less.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.config.settings")
os.environ["ZHONGSHU_HOME"] = tempfile.mkdtemp(prefix="zhongshu-search-")
sys.path[:0] = [str(Path(__file__).parents[1])]
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from tests.office.town import Town, water_bureau

from zhongshu.office import clock
from zhongshu.office.matters.models import Matter, Participant, Process, Series
from zhongshu.office.search import actions, places, queries
from zhongshu.office.search.models import Document

WORDS = [
    "办理",
    "关于",
    "通知",
    "工作",
    "水利",
    "工程",
    "检查",
    "防汛",
    "督办",
    "请示",
    "报告",
    "会议",
    "纪要",
    "经费",
    "采购",
    "物资",
    "储备",
    "人员",
    "培训",
    "安全",
    "生产",
    "河道",
    "水库",
    "灌区",
    "取水",
    "许可",
    "水价",
    "节水",
    "监测",
    "流量计",
    "维修",
    "预算",
    "决算",
    "审计",
    "档案",
    "保密",
    "公积金",
    "组织生活会",
    "抗旱",
    "移民",
    "安置",
    "水土",
    "保持",
    "执法",
    "巡查",
    "整改",
    "信访",
    "答复",
    "提案",
    "建议",
    "规划",
    "设计",
    "施工",
    "监理",
    "验收",
    "移交",
    "管护",
    "泵站",
    "闸门",
    "堤防",
    "险工",
    "值班",
    "应急",
    "预案",
    "演练",
    "宣传",
    "公开",
    "法规",
    "合同",
]
QUESTIONS = [
    "办理",
    "督办",
    "防汛",
    "抗旱",
    "合同",
    "汛抗",
    "办",
    "流",
    "公积金",
    "组织生活会",
    "物资储备",
    "2026",
    "防汛,督办",
    "李喆",
]
NAMES = ("李局", "张科", "黄文", "王小满", "外人")
TIMES = 7


def fill(town: Town, count: int, dice: random.Random) -> None:
    """So many matters, each with a title and a form of about 300 characters."""
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    process = Process.objects.create(
        code="bench",
        version=1,
        name="bench",
        digest="0" * 64,
        text="",
        proposed_by="a",
        proposed_at=clock.now(),
    )
    series = Series.objects.create(code="bench", year=2026)
    units, people = list(town.units.values())[1:], list(town.people.values())
    for start in range(0, count, 5000):
        matters = [
            Matter(
                kind="request",
                series=series,
                serial=serial,
                number=f"云水办发〔2026〕{serial}号",
                title="关于" + "".join(dice.choices(WORDS, weights, k=6)) + "的请示",
                unit=dice.choice(units),
                initiator=people[5],
                responsible=people[5],
                process=process,
                opened_at=clock.now(),
                touched_at=clock.now(),
            )
            for serial in range(start + 1, min(start + 5000, count) + 1)
        ]
        with transaction.atomic():
            Matter.objects.bulk_create(matters)
            documents = [row for matter in matters for row in _texts(matter, dice, weights)]
            actions._keep(documents)
            Participant.objects.bulk_create(_came(matters, town, dice))


def _texts(matter: Matter, dice: random.Random, weights: list[float]) -> list[Document]:
    sentences = ("".join(dice.choices(WORDS, weights, k=dice.randint(4, 10))) for _ in range(18))
    form = "。".join(sentences) + ("李喆" if dice.random() < 0.001 else "")
    return [
        *actions._heads(matter),
        actions._document(matter, places.FORM[0], Document.Part.FORM, form),
    ]


def _came(matters: list[Matter], town: Town, dice: random.Random) -> list[Participant]:
    rates = {"王小满": 0.05, "黄文": 0.5, "外人": 0.0002}
    return [
        Participant(matter=matter, person=town.people[name], since=clock.now())
        for matter in matters
        for name, rate in rates.items()
        if dice.random() < rate
    ]


def main(count: int) -> None:
    """Fill, ask, print."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        town = water_bureau()
    began = time.perf_counter()
    fill(town, count, random.Random(61))
    filled = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(
        f"{connection.vendor}: {count:,} matters, {Document.objects.count():,} texts, "
        f"{filled:.0f} s to fill ({filled / count * 1000:.2f} ms a matter)"
    )
    print(f"{'':<10}" + "".join(f"{name:>14}" for name in NAMES))
    spent: dict[str, list[list[float]]] = {}
    for question in QUESTIONS:
        line = f"{question:<10}"
        for name in NAMES:
            times, found = ask(town, name, question.replace(",", " "))
            spent.setdefault(question, []).append(times)
            line += f"{statistics.median(times):>8.1f} {found:>5}"
        print(line)
    summary("all questions", [times for many in spent.values() for times in many])
    summary(
        "of two characters",
        [times for question, many in spent.items() if len(question) == 2 for times in many],
    )


def summary(name: str, cells: list[list[float]]) -> None:
    """One line over many cells of the table."""
    medians = [statistics.median(times) for times in cells]
    print(
        f"{name}: median {statistics.median(medians):.1f} ms (of the best of each "
        f"{statistics.median(map(min, cells)):.1f} ms), worst {max(medians):.1f} ms"
    )


def ask(town: Town, name: str, question: str) -> tuple[list[float], str]:
    """Milliseconds of each asking, and how many were found."""
    spent = []
    actor = town.actor(name)
    for _ in range(TIMES):
        began = time.perf_counter()
        found = queries.search(text=question, seen_by=actor)
        spent.append((time.perf_counter() - began) * 1000)
    return spent, f"{found.total}{'+' if found.more else ''}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
