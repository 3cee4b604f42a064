"""What the invented bureau writes about: titles and form fields of its matters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from random import Random

from zhongshu.kernel.flow.condition import Value

PLACES = ("东湖片区", "老城南", "望河新区", "白鹭区", "临溪区", "沿江一线", "北站片区", "大学城")
WORKS = (
    "供水管网",
    "排水泵站",
    "二次供水泵房",
    "水厂滤池",
    "雨污分流管段",
    "加压站",
    "取水口",
    "检修井",
)
DOINGS = ("抢修", "改造", "巡检", "清淤", "防冻保供", "漏损普查", "水质检测", "防汛加固")
GOODS = ("流量计", "潜水泵", "发电机组", "防汛沙袋", "保温材料", "检测试剂", "阀门", "照明灯具")
TRIPS = ("省厅供水安全培训", "流域联席会议", "水质检测比对", "智慧水务调研", "防汛物资验收")

Fields = Mapping[str, Value]
Maker = Callable[[Random], tuple[str, Fields]]


def paper(dice: Random) -> str:
    """The digest of a file that is only talked about."""
    return hashlib.sha256(dice.randbytes(16)).hexdigest()


def request(dice: Random) -> tuple[str, Fields]:
    """签报."""
    title = f"关于{dice.choice(PLACES)}{dice.choice(WORKS)}{dice.choice(DOINGS)}的签报"
    form: dict[str, Value] = {"subject": title, "text": paper(dice)}
    if dice.random() < 0.5:
        form["amount"] = dice.randrange(2_000, 400_000) * 100
    form |= {name: True for name in ("contract", "personnel", "important") if dice.random() < 0.15}
    return title, form


def expense(dice: Random) -> tuple[str, Fields]:
    """报销."""
    category = dice.choice(("差旅", "差旅", "会议", "培训", "接待", "办公", "其他"))
    amount = int(dice.lognormvariate(7.6, 1.1)) * 100 + dice.randrange(100)
    title = f"{category}费报销：{dice.choice(TRIPS)}"
    return title, {
        "reason": title,
        "category": category,
        "amount": amount,
        "invoices": tuple(paper(dice) for _ in range(dice.randint(1, 4))),
    }


def supplies(dice: Random) -> tuple[str, Fields]:
    """领用."""
    goods, count = dice.choice(GOODS), dice.randint(1, 40)
    title = f"领用{goods} {count} 件"
    return title, {
        "items": title,
        "purpose": f"{dice.choice(PLACES)}{dice.choice(DOINGS)}",
        "worth": dice.randrange(100, 60_000) * 100,
        "emergency": dice.random() < 0.1,
        "durable": dice.random() < 0.5,
    }


def outgoing(dice: Random) -> tuple[str, Fields]:
    """发文."""
    kind = dice.choice(("通知", "报告", "请示", "函", "通报"))
    title = f"关于{dice.choice(PLACES)}{dice.choice(WORKS)}{dice.choice(DOINGS)}工作的{kind}"
    return title, {
        "title": title,
        "body": paper(dice),
        "addressee": dice.choice(("市政府办公室", "各区水务所", "市财政局", "局属各单位")),
        "direction": {"报告": "上行", "请示": "上行", "函": "平行"}.get(kind, "下行"),
        "important": dice.random() < 0.2,
        "normative": dice.random() < 0.08,
    }


def leave(dice: Random) -> tuple[str, Fields]:
    """请假; the stand-in is named by whoever asks."""
    days = dice.choice((1, 2, 3, 5, 10))
    category = dice.choice(("年休假", "病假", "事假", "公出"))
    return f"{category} {days} 天", {
        "category": category,
        "start": f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        "days": days,
        "leaves_city": dice.random() < 0.3,
        "handover": "手头事项已当面交接。",
    }


MAKERS: Mapping[str, tuple[float, Maker]] = {
    "request": (0.3, request),
    "expense": (0.3, expense),
    "supplies": (0.15, supplies),
    "outgoing": (0.15, outgoing),
    "leave": (0.1, leave),
}
