"""Which ways there are in this house, and which one notice takes. 选路."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings

from zhongshu.office.notices.models import Delivery, Notice

from . import duty, mail, webhook
from .letter import Letter

Channel = Delivery.Channel

SEND: Mapping[str, Callable[[Letter], None]] = {
    Channel.MAIL: mail.send,
    Channel.WEBHOOK: webhook.send,
    Channel.APPRISE: duty.send,
}


def any_way() -> bool:
    """Whether anything leaves this house at all."""
    return bool(settings.NOTICES_MAIL or settings.NOTICES_WEBHOOK or duty.installed())


def ways(notice: Notice) -> tuple[str, ...]:
    """The ways a notice takes: mail if he has an address, the duty channel if it presses."""
    found = [Channel.MAIL] if settings.NOTICES_MAIL and notice.person.email else []
    if settings.NOTICES_WEBHOOK:
        found.append(Channel.WEBHOOK)
    if notice.level == Notice.Level.PRESSING and duty.installed():
        found.append(Channel.APPRISE)
    return tuple(found)
