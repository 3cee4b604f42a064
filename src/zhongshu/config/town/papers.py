"""What other organs send to the invented bureau, and how it comes in: dropped, read, registered.

Everything goes through the actions of the tray, as a clerk would do it. Old papers came on paper
alone; the latest have their files. Senders, people and contents are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from zhongshu.apps.documents import reading
from zhongshu.apps.documents.actions import arriving, registering, returning
from zhongshu.apps.documents.entering import Entry
from zhongshu.apps.documents.models import Arrival
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people

from .letters import Letter, pdf
from .subjects import DOINGS, PLACES, WORKS

MARKS = {"特急": Mark.URGENT, "加急": Mark.PRESSING, "": Mark.NORMAL}
SIGNERS = ("梅若川", "程远帆", "苏青禾", "秦望舒", "贺清川", "邵立言")


class Sender(NamedTuple):
    """An organ, the code of its numbers, the register it belongs to, what it sends."""

    name: str
    code: str
    register: str
    sorts: tuple[str, ...]


SENDERS = (
    Sender("云泽市人民政府办公室", "云政办发", "superior", ("通知", "通知", "通报")),
    Sender("省水利厅", "省水发", "superior", ("通知", "意见", "通报")),
    Sender("云泽市财政局", "云财函", "peer", ("函",)),
    Sender("云泽市应急管理局", "云应急函", "peer", ("函", "通知")),
    Sender("白鹭区人民政府", "白政函", "peer", ("函",)),
    Sender("云泽市信访局", "云信交", "petition", ("函",)),
    Sender("临溪区水务所", "临水所请", "lower", ("请示",)),
    Sender("白鹭区水务所", "白水所报", "lower", ("报告",)),
    Sender("乐渡水厂", "乐水请", "lower", ("请示", "报告")),
)
ENDS = {
    "请示": "妥否，请批示。",
    "报告": "特此报告。",
    "函": "请予支持，并于{due}前函复。",
    "通知": "请于{due}前将落实情况书面报送。",
    "通报": "特此通报。",
    "意见": "请结合实际认真贯彻执行。",
}


@dataclass
class Post:
    """The incoming mail of the bureau; numbers of each sender go on through the year."""

    dice: Random
    sent: dict[str, int] = field(default_factory=dict)

    def letter(self) -> tuple[Letter, Sender, str]:
        """The next paper, whoever sent it, and of which kind it is."""
        sender = self.dice.choice(SENDERS)
        sort = self.dice.choice(sender.sorts)
        today = clock.local(clock.now()).date()
        about = f"{self.dice.choice(PLACES)}{self.dice.choice(WORKS)}{self.dice.choice(DOINGS)}"
        serial = self.sent[sender.code] = self.sent.get(sender.code, 0) + 1
        due = today + timedelta(days=self.dice.randint(6, 25))
        up = sort in ("请示", "报告")
        return (
            Letter(
                source=sender.name,
                number=f"{sender.code}〔{today.year}〕{serial}号",
                title=f"关于{about}工作的{sort}",
                addressee="云泽市水务局",
                text=_text(about, sort, due),
                day=today - timedelta(days=self.dice.randint(1, 4)),
                urgency=self.dice.choices(("", "加急", "特急"), (88, 9, 3))[0],
                signer=self.dice.choice(SIGNERS) if up else "",
                contact=f"{self.dice.choice(SIGNERS)}，555{self.dice.randint(1000, 9999)}",
            ),
            sender,
            sort,
        )

    def register(self, *, with_file: bool) -> Matter:
        """A paper comes and is registered at once; a few go straight back."""
        letter, sender, sort = self.letter()
        by = clerk()
        key = self.drop(letter, by).key if with_file else clock.token()
        told = _entry(letter, sender, sort, key)
        if sort == "请示" and self.dice.random() < 0.12:
            back = returning.Back(("R14",), fix="请补齐附件后重报。")
            return returning.at_registration(key=key, entry=told, back=back, by=by).matter
        return registering.register(key=key, entry=told, by=by)

    def drop(self, letter: Letter, by: Actor) -> Arrival:
        """The file of a paper comes into the tray and is read."""
        came = arriving.Came(f"{letter.title}.pdf", [pdf(letter)])
        return arriving.receive(came=came, batch=clock.token(), by=by, soon=True)

    def fill_the_tray(self) -> None:
        """What a visitor finds: an urgent paper, ordinary ones, and one that came before."""
        by = clerk()
        letters = [self.letter()[0] for _ in range(3)]
        urgent = letters[0]._replace(
            source="云泽市人民政府办公室",
            number=f"云政办发〔{letters[0].day.year}〕361号",
            title="关于做好冬季城市供水管网防冻保供工作的通知",
            urgency="特急",
            signer="",
        )
        for letter in (letters[1], urgent, letters[2], letters[1]):
            self.drop(letter, by)


def clerk() -> Actor:
    """Whoever keeps the registers."""
    return Actor(people.directory().posts["records_clerk"][0], "records_clerk")


def _text(about: str, sort: str, due: date) -> tuple[str, ...]:
    """Three paragraphs of an invented paper."""
    day = f"{due.year}年{due.month}月{due.day}日"
    return (
        f"为做好{about}，根据年度工作安排，经研究，现将有关事项说明如下。",
        "前期已完成现场勘查和方案比选，涉及管线2.4公里、泵组3台，所需经费已列入预算，工期约45天。",
        ENDS[sort].format(due=day),
    )


def _entry(letter: Letter, sender: Sender, sort: str, key: str) -> Entry:
    """What the clerk enters: what was read, and what he knows of the sender."""
    arrival = Arrival.objects.filter(key=key).first()
    wanted = reading.shown(arrival.reading, "wanted_by").value if arrival else ""
    return Entry(
        register=sender.register,
        title=letter.title,
        source=letter.source,
        received_at=clock.now(),
        document_no=letter.number,
        sort=sort,
        dated=letter.day,
        addressee=letter.addressee,
        signer=letter.signer,
        contact=letter.contact,
        purpose="information" if sort in ("通报", "报告") else "action",
        urgency=MARKS[letter.urgency],
        wanted_by=date.fromisoformat(wanted) if wanted else None,
        medium="electronic" if arrival else "paper",
        pages=1,
        keeper="" if arrival else people.names()[clerk().person],
        checks=("ours", "rules", "form", "agreed", "drafting"),
    )
