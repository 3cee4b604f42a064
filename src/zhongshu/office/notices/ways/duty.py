"""To the duty channel of the office, by the optional library `apprise`. 值班频道.

One channel of the house, not one for each person: so it hears only of what is pressing, by number
and never by title, and the person is not told in it what it is about.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from .letter import Hopeless, Letter, Undelivered


def installed() -> bool:
    """Whether there is a channel and the library that speaks to it."""
    return bool(settings.NOTICES_APPRISE) and find_spec("apprise") is not None


def send(letter: Letter) -> None:
    """Hand it over. Returns only after the channel has taken it."""
    if not installed():
        raise Hopeless("值班频道未安装或未配置")
    apprise = import_module("apprise")
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its messages quote the address
    channel = apprise.Apprise()
    if not channel.add(settings.NOTICES_APPRISE):
        raise Hopeless("值班频道地址不合规")
    said = f"{letter.person}：{letter.subject}"
    if not channel.notify(body=said, title=""):
        raise Undelivered("值班频道未接收")
