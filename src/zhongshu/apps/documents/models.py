"""Tables of incoming documents: what lies in the tray, and what stands in the registers.

How a document moves, who has it and what was said about it is kept by `office.matters`; here
stands what only an incoming document has. A date is the day written on the paper.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.office import clock

from .records import ArchiveScheme, Pace, Passage, Phrase, SavedFilter


class Arrival(models.Model):
    """一件来文, dropped on the page or handed over on paper: read, registered or set aside.

    Every registration has one, also of paper alone. `reading` is what a machine found on it,
    `typed` what a clerk has kept for later, `apart` the earlier ones it was said not to be.
    `vouched`: a person declared that what looks like the mark of a state secret is none.
    `weight` and `due` (a working-minute ordinal) only put the tray in order.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待读取"
        READY = "ready", "待登记"
        UNREADABLE = "unreadable", "读不出，请手工登记"
        REGISTERED = "registered", "已登记"
        RETURNED = "returned", "已退回"
        DISMISSED = "dismissed", "不登记"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    batch = models.CharField(max_length=32, db_index=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField("原因", max_length=200, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("收到")
    reading = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    apart = models.JSONField(default=dict)
    vouched = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    document_key = models.CharField(max_length=80, blank=True, db_index=True)
    title_key = models.CharField(max_length=64, blank=True, db_index=True)
    sketch = models.BigIntegerField(null=True)
    weight = models.PositiveSmallIntegerField(default=1)
    due = models.BigIntegerField(null=True)
    done_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="arrivals"
    )

    class Meta:
        indexes = (models.Index(fields=("state", "id"), name="documents_tray"),)

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def is_open(self) -> bool:
        """Whether it still lies in the tray."""
        return self.state in OPEN


OPEN = (Arrival.State.WAITING, Arrival.State.READY, Arrival.State.UNREADABLE)


class Likeness(models.Model):
    """One key of the sketch of a text (kernel.papers.likeness), so that what is near is found."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="likenesses")
    key = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("key", "-arrival"), name="documents_alike"),)

    def __str__(self) -> str:
        return str(self.key)


class Incoming(models.Model):
    """What a register says of an incoming document, beside what the matter says. 收文登记."""

    class Register(models.TextChoices):
        SUPERIOR = "superior", "上级来文"
        PEER = "peer", "平级来文"
        LOWER = "lower", "下级来文"
        TELEGRAM = "telegram", "电报"
        PETITION = "petition", "信访"
        INSTRUCTION = "instruction", "领导批示件"
        OTHER = "other", "其他"

    class Medium(models.TextChoices):
        PAPER = "paper", "纸质"
        EXCHANGE = "exchange", "公文交换"
        ELECTRONIC = "electronic", "电子件"
        FAX = "fax", "传真"
        MAIL = "mail", "邮件"

    class Purpose(models.TextChoices):
        ACTION = "action", "批办"
        INFORMATION = "information", "阅知"

    matter = models.OneToOneField(
        "matters.Matter", primary_key=True, on_delete=models.CASCADE, related_name="incoming"
    )
    register = models.CharField("登记簿", max_length=12, choices=Register.choices)
    source = models.CharField("来文单位", max_length=120, db_index=True)
    document_no = models.CharField("来文字号", max_length=80, blank=True)
    document_key = models.CharField(max_length=80, blank=True, db_index=True)
    sort = models.CharField("文种", max_length=20, blank=True)
    dated = models.DateField("成文日期", null=True, blank=True)
    addressee = models.CharField("主送", max_length=300, blank=True)
    copied_to = models.CharField("抄送", max_length=300, blank=True)
    signer = models.CharField("签发人", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=80, blank=True)
    purpose = models.CharField(
        "办理类别", max_length=12, choices=Purpose.choices, default=Purpose.ACTION
    )
    wanted_by = models.DateField("来文要求时限", null=True, blank=True)
    medium = models.CharField(
        "介质", max_length=12, choices=Medium.choices, default=Medium.ELECTRONIC
    )
    copies = models.PositiveSmallIntegerField("份数", default=1)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    enclosures = models.PositiveSmallIntegerField("附件数", default=0)
    publicity = models.CharField("公开方式", max_length=40, blank=True)
    received_at = models.DateTimeField("收到时间")
    keeper = models.CharField("原件保管", max_length=60, blank=True)
    checks = models.JSONField("初审五项", default=list)
    suggested_lead = models.ForeignKey(
        "people.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_no = models.CharField("答复文号", max_length=80, blank=True)
    retention = models.CharField("保管期限", max_length=4, blank=True)
    archive_no = models.CharField("档号", max_length=80, blank=True, db_index=True)
    open = models.BooleanField("在办", default=True)
    lead = models.ForeignKey(
        "people.Unit",
        verbose_name="主办部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("archive_no",),
                name="documents_archive_no_once",
                condition=~Q(archive_no=""),
            ),
        )
        indexes = (
            models.Index(fields=("open", "-matter"), name="documents_open"),
            models.Index(fields=("-matter",), name="documents_filed", condition=~Q(retention="")),
            models.Index(fields=("source", "-matter"), name="documents_of_source"),
            models.Index(fields=("purpose", "-matter"), name="documents_of_purpose"),
            models.Index(fields=("lead", "-matter"), name="documents_of_lead"),
            models.Index(fields=("register", "-matter"), name="documents_of_register"),
            models.Index(fields=("received_at",), name="documents_received"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.document_no}".strip()


class Return(models.Model):
    """An incoming document sent back to who sent it, with the reasons. 退文.

    `reasons` are codes of `returning.REASONS`; `stage` is where it was found wanting.
    """

    class Stage(models.TextChoices):
        REGISTRATION = "registration", "登记时"
        REVIEW = "review", "初审时"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="returns")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    reasons = models.JSONField("退回原因")
    text = models.CharField("说明", max_length=1000, blank=True)
    fix = models.CharField("请来文单位补正", max_length=1000, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.matter_id}"


__all__ = [
    "ArchiveScheme",
    "Arrival",
    "Incoming",
    "Pace",
    "Passage",
    "Phrase",
    "Return",
    "SavedFilter",
]
