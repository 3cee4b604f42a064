"""Registering: one press, one number, one matter on its way, with everything the paper says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.office.town import Stopped, Town
from zhongshu.apps.documents.actions import arriving, registering
from zhongshu.apps.documents.models import Arrival, Incoming
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.files.models import File
from zhongshu.office.journal.models import Entry, Salt
from zhongshu.office.matters.models import Event, Matter, Series, Todo
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.refusal import Conflict, Refusal
from zhongshu.office.search.models import Document

from .conftest import LETTER, drop, entry


def register(arrival: Arrival, by: Actor, **changed: object) -> Matter:
    return registering.register(key=arrival.key, entry=entry(**changed), by=by)


def test_everything_the_register_says(clerk: Actor, time: Stopped, office: Town) -> None:
    arrival = drop(clerk)
    told = {
        "dated": date(2026, 11, 20),
        "wanted_by": date(2026, 12, 10),
        "addressee": "云泽市水务局",
        "copied_to": "云泽市应急管理局",
        "contact": "何青禾 5550108",
        "medium": "paper",
        "copies": 2,
        "pages": 1,
        "enclosures": 1,
        "publicity": "不予公开",
        "keeper": "黄文",
        "checks": ("ours", "form"),
        "suggested_lead": "water",
    }
    matter = register(arrival, clerk, **told)
    record = Incoming.objects.get()
    shown = {name: getattr(record, name) for name in told}
    assert shown == told | {"checks": ["ours", "form"], "suggested_lead": office.units["water"]}
    assert record.document_key == "临水所请202621号"
    assert record.received_at == time.at
    assert matter.number == "下收〔2026〕1号"
    assert (matter.title, matter.need) == (LETTER.title, 60)


def test_the_matter_goes_to_its_review_with_the_file(clerk: Actor, office: Town) -> None:
    arrival = drop(clerk)
    matter = register(arrival, clerk)
    todo = Todo.objects.get(matter=matter)
    assert (todo.person, todo.node) == (office.people["许初"], "review")
    assert [file.name for file in files.of(f"matter:{matter.key}", seen_by=clerk)] == ["来文.pdf"]
    assert not files.of(f"arrival:{arrival.key}", seen_by=clerk).exists()
    arrival.refresh_from_db()
    assert (arrival.state, arrival.matter) == (Arrival.State.REGISTERED, matter)
    assert list(selfcheck()) == []


def test_the_words_of_the_paper_find_the_matter(clerk: Actor) -> None:
    matter = register(drop(clerk), clerk)
    found = dict(Document.objects.filter(matter=matter).values_list("part", "text"))
    assert "清溪路" in found["file"]
    assert LETTER.number in found["register"]


def test_each_register_counts_for_itself(clerk: Actor) -> None:
    made = []
    for n, book in enumerate(("lower", "superior", "lower", "other", "telegram")):
        letter = LETTER._replace(number=f"临水所请〔2026〕{n + 1}号", title=f"关于第{n}件事的请示")
        arrival = drop(clerk, letter)
        made.append(
            register(
                arrival, clerk, register=book, document_no=letter.number, title=letter.title
            ).number
        )
    assert made == [
        "下收〔2026〕1号", "上收〔2026〕1号", "下收〔2026〕2号", "收〔2026〕1号", "电收〔2026〕1号",
    ]  # fmt: skip
    assert Series.objects.get(code="incoming.lower").last == 2


def test_pressed_twice_it_is_one(clerk: Actor) -> None:
    arrival = drop(clerk)
    first = register(arrival, clerk)
    assert register(arrival, clerk, title="改了一个字的标题") == first
    assert Matter.objects.count() == 1
    assert Event.objects.count() == 1
    assert Series.objects.get().last == 1


def test_of_two_clerks_one_is_told_of_the_other(clerk: Actor, office: Town) -> None:
    arrival = drop(clerk)
    register(arrival, clerk)
    with pytest.raises(Conflict) as told:
        register(arrival, office.actor("林知夏"))
    (reason,) = told.value.refused.reasons
    assert (reason.code, dict(reason.about)) == ("done_by", {"person": "黄文", "what": "已登记"})
    assert Matter.objects.count() == 1


def test_a_paper_without_file_is_registered_by_its_own_key(clerk: Actor) -> None:
    key = clock.token()
    first = registering.register(key=key, entry=entry(medium="paper"), by=clerk)
    assert registering.register(key=key, entry=entry(medium="paper"), by=clerk) == first
    arrival = Arrival.objects.get()
    assert (arrival.key, arrival.matter, arrival.digest) == (key, first, "")
    assert arrival.document_key == "临水所请202621号"


def test_a_refusal_gives_the_number_back(clerk: Actor, office: Town) -> None:
    arrival = drop(clerk)
    with pytest.raises(Refusal, match="not_returned"):
        register(arrival, clerk, resubmits="f" * 32)
    arrival.refresh_from_db()
    assert arrival.is_open
    assert not Matter.objects.exists()
    assert File.objects.get().subject == f"arrival:{arrival.key}"
    assert not Series.objects.exists()


def test_nobody_else_registers(office: Town, clerk: Actor) -> None:
    arrival = drop(clerk)
    for name in ("王小满", "何主任", "李局"):
        with pytest.raises(Refusal, match="not_records"):
            register(arrival, office.actor(name))


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"title": "【绝密】关于某事的通知"}, ("secret_title",)),
        ({"document_no": "机密★10年"}, ("secret_title",)),
        ({"title": "秘密 工作安排"}, ("secret_doubt",)),
        ({"urgency": Mark.FLASH}, ("flash_by_telegram",)),
        ({"weight": 8}, ("reason_needed",)),
        ({"due_on": date(2026, 12, 1)}, ("reason_needed",)),
        ({"weight": 8, "urgency": Mark.FLASH}, ("flash_by_telegram", "reason_needed")),
        ({"wanted_by": date(1926, 12, 1)}, ("bad_day",)),
    ],
)
def test_what_no_register_holds(clerk: Actor, changed: dict[str, object], codes: object) -> None:
    arrival = drop(clerk)
    with pytest.raises(Refusal) as told:
        register(arrival, clerk, **changed)
    assert told.value.refused.codes == codes
    assert not Matter.objects.exists()


def test_a_doubtful_title_is_vouched_for(clerk: Actor) -> None:
    assert (
        register(drop(clerk), clerk, title="秘密 工作安排", vouched=True).title == "秘密 工作安排"
    )


def test_a_doubtful_paper_is_vouched_for_once(clerk: Actor) -> None:
    arrival = drop(clerk)
    Arrival.objects.update(reading={**arrival.reading, "doubt": True})
    with pytest.raises(Refusal, match="secret_doubt"):
        register(arrival, clerk)
    assert register(arrival, clerk, vouched=True)


def test_flash_goes_by_telegram(clerk: Actor) -> None:
    matter = register(drop(clerk), clerk, urgency=Mark.FLASH, register="telegram")
    calendar = clock.calendar()
    assert matter.due == calendar.minute(matter.opened_at) + 120


def test_a_certain_double_has_to_be_answered(clerk: Actor) -> None:
    first, second = drop(clerk), drop(clerk)
    register(first, clerk)
    with pytest.raises(Refusal, match="maybe_same"):
        register(second, clerk)
    arriving.apart(key=second.key, of=first.key, why="更正后重发", by=clerk)
    assert register(second, clerk).number == "下收〔2026〕2号"


def test_the_number_that_counts_is_the_one_that_was_typed(clerk: Actor) -> None:
    register(drop(clerk), clerk)
    other = LETTER._replace(
        number="临水所请〔2026〕27号", title="关于另一件事情的请示", text=("无",)
    )
    arrival = drop(clerk, other)
    with pytest.raises(Refusal, match="maybe_same"):
        register(arrival, clerk, title=other.title, document_no="临水所请[2026]第021号")
    assert register(arrival, clerk, title=other.title, document_no=other.number)


def test_weight_and_due_time_come_from_the_paper(clerk: Actor) -> None:
    letter = LETTER._replace(source="云泽市人民政府办公室", text=("望河水厂取水口出现险情。",))
    matter = register(drop(clerk, letter), clerk, source=letter.source, wanted_by=date(2026, 12, 1))
    assert (matter.weight, matter.why_weight) == (8, "涉及安全（险情）")
    assert matter.due_at is not None
    assert clock.local(matter.due_at).isoformat() == "2026-12-01T17:30:00+08:00"
    assert not Entry.objects.filter(verb="document.weigh").exists()


def test_said_otherwise_with_a_reason_that_stays(clerk: Actor) -> None:
    matter = register(
        drop(clerk), clerk, weight=5, due_on=date(2026, 11, 27), why="局长电话交办，周五前要结果"
    )
    assert (matter.weight, matter.why_weight) == (5, "登记人定：局长电话交办，周五前要结果")
    assert matter.due_at is not None
    assert clock.local(matter.due_at).date() == date(2026, 11, 27)
    line = Entry.objects.get(verb="document.weigh")
    assert line.subject == f"matter:{matter.key}"
    assert Salt.objects.get(entry=line).value == "局长电话交办，周五前要结果"


def test_what_is_for_information_takes_less_time(clerk: Actor) -> None:
    assert register(drop(clerk), clerk, purpose="information").need == 15


def test_a_work_secret_needs_a_clearance(clerk: Actor, office: Town) -> None:
    with pytest.raises(Refusal, match="clearance"):
        register(drop(clerk), clerk, grade=2)
    cleared, title = office.actor("许初"), "关于另一件事的报告"
    arrival = drop(cleared, LETTER._replace(number="水〔2026〕9号", title=title))
    told = {"document_no": "水〔2026〕9号", "title": title, "grade": 2}
    assert register(arrival, cleared, **told).grade == 2


def test_the_reviewer_registers_and_another_reviews(office: Town) -> None:
    by = office.actor("许初")
    matter = register(drop(by), by)
    assert Todo.objects.get(matter=matter).person == office.people["方副"]


def test_received_yesterday_the_time_runs_since_then(clerk: Actor, time: Stopped) -> None:
    matter = register(drop(clerk), clerk, received_at=time.at - timedelta(days=3))
    assert matter.due_at is not None
    assert clock.local(matter.due_at).date() == date(2026, 12, 1)
