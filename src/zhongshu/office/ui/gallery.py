"""What the gallery shows: invented people, papers and numbers. 组件页的例子."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext as _

from zhongshu.kernel.triage import Sentence
from zhongshu.office import clock

from .parts import Cell, Chip, Choice, Place, Point, Reader, Row, Share, Sheet, Step, Zone
from .templatetags.html import ICONS

COLOURS = (
    *("ink", "ink-2", "ink-3", "edge", "rule", "hair", "desk", "sunk", "sheet", "raised"),
    *("red", "red-soft", "tape", "green", "amber", "amber-soft", "blue"),
    *("plot", "plot-2", "focus", "paper"),
)


class Sample(forms.Form):
    """A form with every kind of field, one of them wrong."""

    number = forms.CharField(label="发文字号", initial="临水所请〔2026〕21号")
    signer = forms.CharField(label="签发人", help_text="上行文必备；通讯录中为所长，相符")
    title = forms.CharField(label="标题")
    unit = forms.ChoiceField(label="建议主办", choices=[("a", "应急科"), ("b", "供水科")])
    due = forms.DateField(label="要求时限", required=False)
    text = forms.CharField(label="说明", widget=forms.Textarea({"rows": 3}), required=False)
    urgency = forms.ChoiceField(
        label="紧急程度",
        widget=forms.RadioSelect,
        choices=[("plain", "平件"), ("urgent", "加急"), ("flash", "特急")],
    )
    checked = forms.BooleanField(label="附件与清单逐项核对无误", required=False)


def examples() -> dict[str, object]:
    """The context of the gallery."""
    now = clock.now()
    form = Sample(
        {
            "number": "临水所请〔2026〕21号",
            "signer": "梅若川",
            "title": "关于申请调配移动式应急泵车的请示",
            "unit": "a",
            "due": "下周三",
            "urgency": "plain",
        }
    )
    return {
        "colours": COLOURS,
        "icons": sorted(ICONS - {"seal", "ring", "green", "amber", "red", "blue", "grey"}),
        "form": form,
        "times": _times(now),
        "now": now,
        "sentence": Sentence("特急，余 3 小时", "flash, 3 hours left"),
        "words": "建议由供水科牵头，排水科配合。\n呈砚秋局长阅示。",
        "since": now - timedelta(days=4),
        "steps": _steps(),
        "scan_sheet": _scan(),
        "readers": (
            Reader("沈砚秋", now - timedelta(hours=2)),
            Reader("陆闻笙", now - timedelta(days=1)),
            Reader("贺清川"),
            Reader("邵立言", note=_("出差，补阅")),
        ),
        "chips": (
            Chip("全部", "?", 1128, current=True),
            Chip("局长批示", "?from=chief", 12),
            Chip("等外部", "?from=outside"),
        ),
        "choices": (Choice("宽松", "?rows=airy", current=True), Choice("紧凑", "?rows=tight")),
        "shares": (
            Share("超期", 5, "red"),
            Share("预警", 14, "amber"),
            Share("正常", 83, "green"),
            Share("暂缓", 4, "grey"),
            Share("办结", 22, "blue"),
        ),
        "rows": (
            Row("附件与清单不符", 4, "供水科 2，排水科 2"),
            Row("缺政策依据", 3),
            Row("没有签发人", 1, "必改", bad=True),
        ),
        "points": tuple(
            Point(f"{4 + n} 月", value)
            for n, value in enumerate((88.2, 89.5, 91.0, 90.4, 92.7, 92.1, 93.6, 94.3))
        ),
        "places": (
            Place(1, "#row-1", "防冻保供工作的通知", 0.8, 0.8),
            Place(2, "#row-2", "泵房改造资金拨付的请示", 0.95, 0.44),
            Place(4, "#row-3", "应急取水口方案比选", 0.2, 0.85),
            Place(10, "#row-4", "差旅费报销", 0.25, 0.25),
        ),
        "quarters": (
            Cell("10", "done"),
            Cell("22", "late"),
            Cell("27", "now"),
            Cell("", "plan"),
        ),
    }


def _times(now: datetime) -> dict[str, datetime]:
    calendar = clock.calendar()
    return {
        "over": calendar.subtract(now, 900).at,
        "today": calendar.add(now, 175).at,
        "soon": calendar.add(now, 900).at,
        "later": calendar.add(now, 4200).at,
    }


def _scan() -> Sheet:
    """An empty sheet with two places on it: nobody's paper is shown here."""
    zones = (
        Zone("number", 2, "low", (32.1, 107.8, 90.6, 113.7)),
        Zone("title", 4, "high", (42.5, 138.8, 169.6, 149.8)),
    )
    return Sheet(1, static("ui/seal.svg"), 210, 297, zones)


def _steps() -> tuple[Step, ...]:
    return (
        Step("拟办", "done", "许怀瑾"),
        Step(
            "",
            branches=(
                Step("分管批示", "now", "顾之衡"),
                Step("会签 规划计划科", "done", "同意"),
                Step("会签 财务科", "now", "已停 3 小时 55 分"),
            ),
        ),
        Step("退回", "back", "附件不符"),
        Step("承办", "next", "供水科"),
    )
