"""Tables of needs and shortages. Rates are of answers and promises, never of persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.kernel.supervision.ledgers import OUTCOMES, Outcome
from zhongshu.office import clock

SORTS = [
    (one, one)
    for one in ("经费", "物资", "人员", "设备", "政策", "培训", "协调", "维修", "福利", "信息化")
]


class Shortage(models.Model):
    """全局缺口: what the house lacks, and how it is being obtained."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    what = models.CharField("缺什么", max_length=200)
    sort = models.CharField("种类", max_length=8, choices=SORTS)
    measure = models.CharField("单位", max_length=12)
    required = models.DecimalField("需要", max_digits=14, decimal_places=2)
    on_hand = models.DecimalField("现有", default=0, max_digits=14, decimal_places=2)
    why = models.CharField("为什么要", max_length=500, blank=True)
    owner = models.ForeignKey(
        "people.Unit", verbose_name="谁去争取", on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("立账")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("year", "serial"), name="needs_shortage_number"),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def number(self) -> str:
        """Its number, as it is written."""
        return f"缺〔{self.year}〕{self.serial}号"


class Way(models.Model):
    """门路: what was asked of whom by which paper, what was granted by which, what arrived."""

    class Sort(models.TextChoices):
        SUPERIOR = "superior", "申请上级"
        BUDGET = "budget", "预算追加"
        TRANSFER = "transfer", "内部调剂"
        PURCHASE = "purchase", "采购"
        LOAN = "loan", "借用"
        OWN = "own", "自筹"

    shortage = models.ForeignKey(Shortage, on_delete=models.PROTECT, related_name="ways")
    sort = models.CharField("门路", max_length=8, choices=Sort.choices)
    asked_of = models.CharField("向谁", max_length=80)
    paper = models.CharField("凭哪份文", max_length=80)
    asked_on = models.DateField("何时报")
    expected_on = models.DateField("预计到位", null=True, blank=True)
    granted = models.DecimalField("批了多少", default=0, max_digits=14, decimal_places=2)
    granted_paper = models.CharField("批复文号", max_length=80, blank=True)
    granted_on = models.DateField("批复日期", null=True, blank=True)
    arrived = models.DecimalField("到了多少", default=0, max_digits=14, decimal_places=2)
    arrived_on = models.DateField("到位日期", null=True, blank=True)
    closed = models.BooleanField("走不通", default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.paper


class Need(models.Model):
    """基层需求: who, what, until when; how it was answered; whether the answer satisfied."""

    class Channel(models.TextChoices):
        CALL = "call", "电话"
        VISIT = "visit", "走访"
        MEETING = "meeting", "会议"
        LETTER = "letter", "来函"
        SURVEY = "survey", "问卷"
        SYSTEM = "system", "系统填报"

    class Rating(models.TextChoices):
        SATISFIED = "satisfied", "满意"
        BASICALLY = "basically", "基本满意"
        NOT = "not", "不满意"
        UNREACHED = "unreached", "没有联系上"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    unit = models.ForeignKey(
        "people.Unit", verbose_name="谁提的", on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField("怎么来的", max_length=8, choices=Channel.choices)
    sort = models.CharField("种类", max_length=8, choices=SORTS)
    what = models.CharField("要什么", max_length=200)
    text = models.CharField("情况", max_length=1000, blank=True)
    impact = models.PositiveIntegerField("影响多少人", null=True, blank=True)
    urgent = models.BooleanField("急", default=False)
    needed_on = models.DateField("何时要", null=True, blank=True)
    at = models.DateTimeField("收到")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        "people.Unit", verbose_name="谁来办", on_delete=models.PROTECT, related_name="+"
    )
    answer_due = models.BigIntegerField()
    due = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField("首次答复", null=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("答复", max_length=1000, blank=True)
    outcome = models.CharField(
        "结果",
        max_length=12,
        blank=True,
        choices=[(one, words.zh) for one, words in OUTCOMES.items()],
    )
    planned_on = models.DateField("计划时间", null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.CharField("对答复满意吗", max_length=10, blank=True, choices=Rating.choices)
    rated_at = models.DateTimeField(null=True)
    rated_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    shortage = models.ForeignKey(
        Shortage, null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("year", "serial"), name="needs_need_number"),
        )
        indexes = (
            models.Index(
                fields=("answer_due",),
                name="needs_unanswered",
                condition=Q(answered_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def number(self) -> str:
        """Its number, as it is written."""
        return f"需〔{self.year}〕{self.serial}号"

    @property
    def came_of_it(self) -> Outcome:
        """What came of it."""
        return Outcome(self.outcome)
