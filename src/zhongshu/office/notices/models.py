"""Tables of notices: what a person is told, and each way it is on."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """One thing one person is told. `words` and `about` are the code and names of a sentence."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notices")
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.CASCADE, related_name="notices"
    )
    words = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("person", "-id"),
                name="notices_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(fields=("person", "-id"), name="notices_of_person"),
        )

    def __str__(self) -> str:
        return self.words


class Delivery(models.Model):
    """One notice on its way out of the house: by mail or by the signed webhook."""

    class Channel(models.TextChoices):
        MAIL = "mail", "邮件"
        WEBHOOK = "webhook", "接口推送"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="notices_delivery_once"),
        )
        indexes = (
            models.Index(
                fields=("next_at",),
                name="notices_due",
                condition=models.Q(next_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.notice}"
