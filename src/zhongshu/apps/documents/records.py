"""Tables that handling keeps beside the registers: how long each step took, what people set up.

经办记录、归档方案、常用语、常用查询。Imported by `models`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Passage(models.Model):
    """One step that one person finished: how many working minutes it lay there. 环节用时.

    Written with the step itself, one row a seat; a decision taken back and given again keeps its
    row. `month` is the month in which it was finished, as 202611; `unit` whose person did it.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="passages")
    slot = models.IntegerField()
    node = models.CharField(max_length=60)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    span = models.PositiveIntegerField()  # the minutes, rounded up as `pacing` has it
    late = models.BooleanField(default=False)
    month = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "slot"), name="documents_passage_once"),
        )
        indexes = (
            models.Index(
                fields=("month", "node", "unit", "span", "matter"), name="documents_passage_pace"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.node}"


class Pace(models.Model):
    """How many steps of a month took so long: the passages, counted as they are written. 用时分布.

    A year has seventy thousand passages and a few thousand of these, so that the figures of the
    whole bureau cost the same however much was done. `grade` is that of the documents.
    """

    month = models.PositiveIntegerField()
    node = models.CharField(max_length=60)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField()
    span = models.PositiveIntegerField()
    number = models.IntegerField(default=0)
    late = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("month", "node", "unit", "grade", "span"), name="documents_pace_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month} {self.node} {self.span}"


class Phrase(models.Model):
    """A ready phrase for an opinion at a step: of the whole office, or somebody's own. 常用语."""

    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="+"
    )
    node = models.CharField("环节", max_length=60, blank=True)
    text = models.CharField("常用语", max_length=60)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "node", "text"), name="documents_phrase_once"
            ),
        )

    def __str__(self) -> str:
        return self.text


class SavedFilter(models.Model):
    """A question to the ledger under a name of its own; seen by its owner alone. 常用查询."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("person", "name"), name="documents_filter_once"),
        )

    def __str__(self) -> str:
        return self.name


class ArchiveScheme(models.Model):
    """How archive numbers are made from a day on, and which period is proposed for what. 归档方案.

    A unit's table of retention has to be approved by the archives authority of its level before
    it is used (档案法实施办法); `approval` is where that stands, and empty says that it does not.
    """

    since = models.DateField("自", unique=True)
    fonds = models.CharField("全宗号", max_length=20)
    category = models.CharField("门类代码", max_length=8, default="WS")
    units = models.JSONField("机构代码", default=dict)  # code of the unit: what stands in a number
    periods = models.JSONField("保管期限", default=list)  # rows of {register, purpose, period, why}
    approval = models.CharField("批准文号", max_length=80, blank=True)
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(fonds="") & ~Q(category=""), name="documents_scheme_has_codes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fonds} {self.since}"
