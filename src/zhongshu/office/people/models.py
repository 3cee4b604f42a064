"""Units, posts, persons, and who holds what when.

Nothing is overwritten that somebody may have to answer for: an appointment, a stand-in or a leave
ends with a date and stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhongshu.office import clock

from .accounts import Account, FirstUse, Identity, OldPassword


class Unit(models.Model):
    """部门: a section, a grassroots unit, or the leadership."""

    class Kind(models.TextChoices):
        LEADERS = "leaders", "领导班子"
        SECTION = "section", "内设科室"
        GRASSROOTS = "grassroots", "基层单位"

    code = models.CharField("代号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.SECTION)
    order = models.PositiveSmallIntegerField("排序", default=0)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT
    )
    head = models.ForeignKey(
        "Post",
        verbose_name="负责人岗位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="heads",
    )
    leader = models.ForeignKey(
        "Post",
        verbose_name="分管领导岗位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads",
    )

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位: what a process names. Power hangs on the post, never on the person.

    `sight` is how far its holder sees matters that never came to him.
    """

    class Sight(models.TextChoices):
        OWN = "own", "经手的"
        UNIT = "unit", "本部门的"
        BUREAU = "bureau", "全单位的"

    code = models.CharField("代号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey(
        Unit, verbose_name="部门", on_delete=models.PROTECT, related_name="posts"
    )
    grade = models.PositiveSmallIntegerField("级别", default=0)
    sight = models.CharField("可见范围", max_length=6, choices=Sight.choices, default=Sight.OWN)

    class Meta:
        ordering = ("-grade", "code")

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """人员. `key` is what flow and journal call him; it says nothing about who he is."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    number = models.CharField("工号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey(
        Unit, verbose_name="部门", on_delete=models.PROTECT, related_name="people"
    )
    clearance = models.PositiveSmallIntegerField("知悉等级", default=1)
    email = models.EmailField("邮箱", blank=True)
    left_on = models.DateField("离岗日期", null=True, blank=True)

    class Meta:
        ordering = ("unit__order", "number")

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """任职: a person holds a post from a day on, until a day (not included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="people_appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("person", "post"),
                condition=Q(until__isnull=True),
                name="people_appointment_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class StandIn(models.Model):
    """AB 角: `deputy` acts for `principal` from `start` up to `end`. One hop, never two."""

    class Mode(models.TextChoices):
        WHEN_AWAY = "when_away", "A 角不在时"
        SHARED = "shared", "两人都可办"
        EXCLUSIVE = "exclusive", "只由 B 角办"

    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in_for")
    start = models.DateTimeField("起")
    end = models.DateTimeField("止")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.WHEN_AWAY)
    amount = models.BigIntegerField("金额上限（分）", null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="people_standin_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("deputy")), name="people_standin_is_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deputy} → {self.principal}"


class Leave(models.Model):
    """请假、出差: away from `start` up to `end`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    start = models.DateTimeField("起")
    end = models.DateTimeField("止")
    why = models.CharField("事由", max_length=20, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="people_leave_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.start:%m-%d}"


class Import(models.Model):
    """An organisation read from a table: proposed by one, released by another, perhaps undone.

    `made` lists what it created, kind by kind, so that it can be taken back.
    """

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    name = models.CharField("文件", max_length=120)
    rows = models.JSONField()
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    released_by = models.CharField(max_length=80, blank=True)
    released_at = models.DateTimeField(null=True)
    made = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """One row: how often who-is-who has changed. What is read once is good until it moves."""

    number = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return str(self.number)


__all__ = [
    "Account",
    "Appointment",
    "FirstUse",
    "Identity",
    "Import",
    "Leave",
    "OldPassword",
    "Person",
    "Post",
    "Revision",
    "StandIn",
    "Unit",
]
