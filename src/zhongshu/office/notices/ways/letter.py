"""What leaves the house about a notice, and what went wrong on the way. 送出的内容."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple


class Letter(NamedTuple):
    """One notice as it goes out. `title` and `number` are empty where they may not leave."""

    key: str  # of the delivery: the same each time it is tried
    person: str
    staff_number: str
    address: str
    sentence: str
    number: str
    title: str
    link: str
    pressing: bool
    at: datetime

    @property
    def subject(self) -> str:
        """One line, without anything that could end it."""
        return one_line(" ".join(filter(None, (self.sentence, self.number))))[:120]

    @property
    def body(self) -> str:
        """A few lines."""
        return "\n".join(filter(None, (self.sentence, self.number, self.title, self.link)))


class Undelivered(Exception):
    """It was not accepted. Says why in a few words that quote nobody."""


class Hopeless(Undelivered):
    """It never will be, however often it is tried."""


def one_line(text: str) -> str:
    """The text without line ends and other controls."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()
