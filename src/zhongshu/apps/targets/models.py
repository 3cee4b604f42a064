"""Tables of yearly targets: versions of the tree, and what was reached, which no version changes.

A version is proposed by one person and approved by another; the one before it stays as it was.
Results hang on the indicator of the year, so that a new version of the tree keeps them.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from zhongshu.kernel.supervision.scores import SORTS
from zhongshu.office import clock


class Plan(models.Model):
    """目标任务书: one version for one year."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待批准"
        IN_FORCE = "in_force", "执行"
        REPLACED = "replaced", "已被替代"
        REFUSED = "refused", "未批准"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    basis = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    words = models.CharField("批准意见", max_length=300, blank=True)

    class Meta:
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("year", "version"), name="targets_version_once"),
            models.UniqueConstraint(
                fields=("year",), condition=Q(state="in_force"), name="targets_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("proposed_by")), name="targets_decided_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} v{self.version}"


class Indicator(models.Model):
    """What results and evidence hang on: a code of a year, the same in all versions."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="targets_indicator_once"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.code}"


class Node(models.Model):
    """One row of the tree: a target (1), an indicator (2), a measure (3)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nodes")
    indicator = models.ForeignKey(
        Indicator, null=True, on_delete=models.PROTECT, related_name="nodes"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    place = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=200)
    weight = models.DecimalField("权重", max_digits=7, decimal_places=4, null=True)
    sort = models.CharField(
        "类型", max_length=8, blank=True, choices=[(one, words.zh) for one, words in SORTS.items()]
    )
    unit = models.CharField("单位", max_length=20, blank=True)
    base = models.DecimalField("基数", null=True, max_digits=18, decimal_places=4)
    aim = models.DecimalField("目标值", null=True, max_digits=18, decimal_places=4)
    q1 = models.DecimalField("一季度", null=True, max_digits=18, decimal_places=4)
    q2 = models.DecimalField("二季度", null=True, max_digits=18, decimal_places=4)
    q3 = models.DecimalField("三季度", null=True, max_digits=18, decimal_places=4)
    q4 = models.DecimalField("四季度", null=True, max_digits=18, decimal_places=4)
    leader = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    assists = models.ManyToManyField("people.Unit", related_name="+", blank=True)
    definition = models.CharField("口径与数据来源", max_length=500, blank=True)
    ground = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("plan", "code"), name="targets_code_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def planned(self) -> tuple[Decimal | None, ...]:
        """The sums planned for the four quarters."""
        return (self.q1, self.q2, self.q3, self.q4)


class Result(models.Model):
    """What was reached by the end of a quarter; the latest row of a quarter counts."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="results")
    quarter = models.PositiveSmallIntegerField()
    value = models.DecimalField("累计实绩", max_digits=18, decimal_places=4)
    text = models.CharField("说明", max_length=500, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    evidence = models.ManyToManyField("files.File", related_name="+", blank=True)
    verified_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    verdict = models.CharField("核验意见", max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="targets_four_quarters"
            ),
            models.CheckConstraint(
                condition=~Q(verified_by=models.F("by")), name="targets_verified_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} Q{self.quarter}"


class Judgement(models.Model):
    """Points given by hand where no formula can: with who, why and when; the latest counts."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="judgements")
    points = models.DecimalField("分", max_digits=7, decimal_places=2)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.points}"


class Adjustment(models.Model):
    """加分、扣分 of a year, apart from the indicators."""

    year = models.PositiveSmallIntegerField()
    points = models.DecimalField("分", max_digits=5, decimal_places=2)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.year} {self.points}"
