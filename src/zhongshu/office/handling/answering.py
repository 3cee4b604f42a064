"""What pages of acts have in common: a refusal in words, and the message it becomes. 应答."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from zhongshu.office.matters import refusal_words
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

Made = TypeVar("Made")


def told(no: Refusal) -> str:
    """Why not, in the language of the page."""
    return refusal_words.told(no.refused, people.names())


def tried(request: HttpRequest, act: Callable[[], Made]) -> Made | None:
    """Do it; a refusal becomes a message, and nothing was kept."""
    try:
        return act()
    except Refusal as no:
        messages.error(request, told(no))
        return None
