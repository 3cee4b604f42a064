"""Tables of notices: what a person is told, and each way it is on out of the house."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.office import clock


class Notice(models.Model):
    """One thing one person is told. `words` and `about` are the code and names of a sentence.

    No word out of a paper stands here: who reads it must be allowed to see the matter. `outbound`
    says that it is still to be spread over the ways the person can be reached.
    """

    class Level(models.IntegerChoices):
        QUIET = 0, "只在系统内"
        USUAL = 1, "一般"
        PRESSING = 2, "紧要"

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.CASCADE, related_name="notices"
    )
    words = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.USUAL)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    outbound = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=("person", "read_at", "-id"),  # read_at, so that the index alone answers
                name="notices_unread",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(fields=("person", "-id"), name="notices_of_person"),
            models.Index(fields=("id",), name="notices_outbound", condition=Q(outbound=True)),
        )

    def __str__(self) -> str:
        return self.words


class Delivery(models.Model):
    """One notice on one way out of the house.

    `next_at` is when it is tried next; while somebody tries, when another may take over. It ends
    as sent, given up, or unneeded (`next_at` empty and neither), and says so.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "邮件"
        WEBHOOK = "webhook", "接口推送"
        APPRISE = "apprise", "值班频道"

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="notices_delivery_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True),
                name="notices_delivery_ends_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at", "id"), name="notices_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=("-given_up_at",),
                name="notices_given_up",
                condition=Q(given_up_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"
