"""A small invented bureau that can handle incoming documents, and documents in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.test import Client

from tests.office.town import Town, clock, flow
from zhongshu.apps.documents.models import Incoming
from zhongshu.apps.documents.names import number_key
from zhongshu.kernel.flow import commands as c
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions
from zhongshu.office.matters.models import Matter
from zhongshu.office.people.models import StandIn

SOURCE = "云泽市人民政府办公室"
NUMBER = "云政办发〔2026〕61号"
TITLE = "关于做好冬季城市供水管网防冻保供工作的通知"


def water_works() -> Town:
    """Fourteen invented people: every post that incoming documents pass through is held."""
    journal.open_journal()
    town = Town()
    town.unit("leaders", "局领导")
    town.post("director", "leaders", 9, "bureau").name = "局长"
    for code, name, grade in (("director", "局长", 9), ("deputy", "副局长", 8)):
        post = town.post(code, "leaders", grade, "bureau")
        post.name = name
        post.save()
    town.unit("office", "办公室", head="office_head", leader="deputy")
    town.unit("supply", "供水科", head="supply_head", leader="deputy")
    town.unit("drain", "排水科", head="drain_head", leader="deputy")
    town.unit("finance", "财务科", head="finance_head", leader="deputy")
    for name, unit, *posts in (
        ("沈砚秋", "leaders", "director"),
        ("顾之衡", "leaders", "deputy"),
        ("许怀瑾", "office", "office_head"),
        ("方以宁", "office", "records_head"),
        ("林知夏", "office", "records_clerk"),
        ("贺清川", "office", "office_deputy"),
        ("邵立言", "office", "archivist"),
        ("陆闻笙", "office", "supervision"),
        ("程远帆", "supply", "supply_head"),
        ("秦望舒", "supply"),
        ("苏青禾", "drain", "drain_head"),
        ("梁思齐", "drain"),
        ("李慎行", "finance", "finance_head"),
        ("周明朗", "finance"),
    ):
        town.person(name, unit, *posts, clearance=2 if "leaders" in unit else 1)
    for code in ("office_head", "records_clerk", "records_head", "archivist", "supervision"):
        post = town.post(code, "office")
        post.sight = "bureau"
        post.save()
    flow("incoming")
    return town


@dataclass(frozen=True)
class Told:
    """What a paper says, where a test wants it otherwise than usual."""

    title: str = TITLE
    source: str = SOURCE
    number: str = NUMBER
    register: str = "superior"
    purpose: str = "action"
    urgency: str = "normal"
    weight: int = 3
    days: int = 7


def paper(town: Town, by: str = "林知夏", **told: Any) -> Matter:
    """A document registered and sent to its initial review."""
    said, actor, now = Told(**told), town.actor(by), clock.now()
    opening = actions.Opening(
        kind="incoming",
        title=said.title,
        register=said.register,
        urgency=said.urgency,
        weight=said.weight,
        why_weight="上级来文" if said.register == "superior" else "",
        due_at=now + timedelta(days=said.days),
    )
    with transaction.atomic():
        matter = actions.open_matter(opening=opening, by=actor)
        Incoming.objects.create(
            matter=matter,
            register=said.register,
            source=said.source,
            document_no=said.number,
            document_key=number_key(said.number),
            sort="通知",
            dated=date(2026, 11, 23),
            purpose=said.purpose,
            received_at=now,
            pages=4,
        )
        form = {"title": said.title, "source": said.source}
        actions.step(key=matter.key, command=lambda who: c.Submit(who, changes=form), by=actor)
    return Matter.objects.get(pk=matter.pk)


def stand_in(town: Town, principal: str, deputy: str) -> None:
    """AB角 for a month."""
    now = clock.now()
    StandIn.objects.create(
        principal=town.people[principal],
        deputy=town.people[deputy],
        start=now - timedelta(days=1),
        end=now + timedelta(days=30),
        mode="when_away",
    )


def seated(town: Town, name: str) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(town.people[name].account)
    return client
