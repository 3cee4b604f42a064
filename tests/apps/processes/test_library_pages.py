"""From a sketch to a released process: two people, the proof in between, what happened since."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.office.matters.test_act import approve, opened, submit
from tests.office.town import Stopped, Town
from zhongshu.apps.processes import actions
from zhongshu.apps.processes.counting import STEPS, median, step_of
from zhongshu.apps.processes.models import Reached, Running, Sketch, Stage
from zhongshu.kernel.flow.text.format import read as parse
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Process
from zhongshu.office.people.models import Account
from zhongshu.office.refusal import Refusal

from .conftest import Sit
from .test_checkup_pages import ALONE, PAIR, read

TEXT = files("zhongshu.config").joinpath("flows", "request.toml").read_text("utf-8")


def say_again(client: Client, office: str) -> None:
    """A password, and giving it once more just now."""
    account = Account.objects.get(username=office)
    account.set_password("长口令-2026-云泽")
    account.save()
    client.force_login(account)
    client.get("/people/")
    assert client.post("/account/confirm/", {"password": "长口令-2026-云泽"}).status_code == 302


def begun(client: Client, text: str) -> Sketch:
    file = SimpleUploadedFile("p.toml", text.encode(), "application/toml")
    answer = client.post("/processes/sketches/", {"file": file})
    assert answer.status_code == 302
    return Sketch.objects.latest("pk")


def test_proposed_by_one_released_by_another(sit: Sit) -> None:
    writer, second = sit("system"), sit("security")
    sketch = begun(writer, PAIR)
    address = f"/processes/sketches/{sketch.key}/"
    longer = PAIR.replace('name = "审核"', 'name = "初审"')
    writer.post(f"{address}text/", {"text": longer})
    answer = writer.post(f"{address}propose/")
    assert answer.headers["Location"] == "/processes/pair/1/"
    assert Sketch.objects.get().state == Sketch.State.PROPOSED
    assert "先审后批" in read(second.get("/processes/"))
    page = second.get("/processes/pair/1/").content.decode()
    assert "/processes/pair/1/release/" in page
    assert "/account/" in second.get("/processes/pair/1/release/").headers["Location"]
    say_again(second, "security")
    assert "可以提出：没有错误，办完至少要 3 个人" in read(second.get("/processes/pair/1/release/"))
    done = second.post("/processes/pair/1/release/")
    assert done.headers["Location"] == "/processes/pair/"
    row = Process.objects.get(code="pair")
    assert row.state == Process.State.RELEASED
    assert row.proposed_by != row.released_by
    told = [bytes(entry.spelt).decode() for entry in Entry.objects.order_by("pk")]
    assert any('"process.propose"' in line for line in told)
    assert any('"process.release"' in line for line in told)


def test_what_one_person_could_finish_is_refused_with_the_story(sit: Sit) -> None:
    writer, second = sit("system"), sit("security")
    sketch = begun(writer, ALONE)
    page = read(writer.get(f"/processes/sketches/{sketch.key}/"))
    assert "一人就能办完，不能发布。" in page
    assert "黄文起草；黄文办理。" in page
    assert "加一条“起草”与“办理”不同人" in page
    writer.post(f"/processes/sketches/{sketch.key}/propose/")
    say_again(second, "security")
    answer = second.post("/processes/lone/1/release/")
    assert answer.status_code == 409
    assert "“一人到底”由黄文一人就能办完，不得发布" in read(answer)
    assert Process.objects.get(code="lone").state == Process.State.PROPOSED
    cured = ALONE.replace("min_deciders = 0", 'min_deciders = 0\nconflicts = [["draft", "do"]]')
    again = begun(writer, cured)
    writer.post(f"/processes/sketches/{again.key}/propose/")
    assert second.post("/processes/lone/2/release/").status_code == 302
    assert Process.objects.get(code="lone", version=2).state == Process.State.RELEASED


def test_nobody_releases_his_own_nor_one_that_nobody_can_finish(town: Town) -> None:
    mine = processes.propose(text=PAIR, by=Actor("account:1"))
    with pytest.raises(Refusal, match="own_proposal"):
        actions.release(process=mine, by=Actor("account:1"))
    vacant = processes.propose(
        text=PAIR.replace('id = "pair"', 'id = "empty"').replace("water_head", "nobody_there"),
        by=machine("a"),
    )
    with pytest.raises(Refusal, match="process_nobody"):
        actions.release(process=vacant, by=machine("b"))
    seats = ", ".join(f'{{ post = "p{n}" }}' for n in range(16))
    many = ALONE.replace('[{ post = "records_clerk", name = "文书" }]', f"[{seats}]").replace(
        'kind = "task"', 'kind = "task"\nrule = { count = 8 }'
    )
    wide = processes.propose(text=many, by=machine("a"))
    with pytest.raises(Refusal, match="process_undecided"):
        actions.release(process=wide, by=machine("b"))


@pytest.mark.parametrize("who", ["security", "audit", "李局", "张科"])
def test_only_the_system_administrator_writes(sit: Sit, who: str) -> None:
    client = sit(who)
    assert client.post("/processes/sketches/").status_code == 403
    own = begun(sit("system"), PAIR)
    assert client.get(f"/processes/sketches/{own.key}/").status_code == 403
    assert client.post(f"/processes/sketches/{own.key}/drop/").status_code == 403


@pytest.mark.parametrize("who", ["system", "audit", "李局"])
def test_only_the_security_administrator_releases(sit: Sit, who: str) -> None:
    assert sit(who).post("/processes/request/1/release/").status_code == 403


def test_a_sketch_is_its_writers_own(sit: Sit, town: Town) -> None:
    sketch = begun(sit("system"), PAIR)
    other = Account.objects.create(username="second", office="system", is_active=True)
    client = Client()
    client.force_login(other)
    assert client.get(f"/processes/sketches/{sketch.key}/").status_code == 404
    for act in (actions.propose, actions.drop_sketch, actions.take_up, actions.undo):
        with pytest.raises(Refusal, match="not_your_sketch"):
            act(sketch=sketch, by=Actor("account:99"))
    with pytest.raises(Refusal, match="not_your_sketch"):
        actions.keep_sketch(
            sketch=sketch, change=lambda _text: "", part="text", by=Actor("account:99")
        )


def test_nothing_typed_is_lost_however_wrong(sit: Sit) -> None:
    client = sit("system")
    sketch = begun(client, PAIR)
    address = f"/processes/sketches/{sketch.key}/"
    broken = "format = 1\r\n[[nodes\r\n我还没写完\x00"
    part = client.post(f"{address}text/", {"text": broken}, headers={"HX-Target": "beside"})
    assert "不是正确的 TOML" in part.content.decode()
    assert "<html" not in part.content.decode()
    sketch.refresh_from_db()
    assert sketch.text == broken.replace("\r\n", "\n").replace("\x00", "\ufffd")
    assert client.get(f"{address}drawing.svg").status_code == 404
    assert "表单无从填起" in read(client.get(f"{address}step-1/"))
    client.post(f"{address}step-1/", {"name": "不会写到正文里"})
    refused = client.post(f"{address}propose/")
    assert refused.status_code == 409
    assert "发布检查没有通过" in read(refused)
    assert "我还没写完" in read(client.get(f"{address}text/"))
    client.post(f"{address}text/", {"text": PAIR})
    drawn = client.get(f"{address}drawing.svg")
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    client.post(f"{address}drop/")
    assert Sketch.objects.get().state == Sketch.State.DROPPED
    assert "已放下" in read(client.get("/processes/"))
    client.post(f"{address}drop/")
    assert Sketch.objects.get().state == Sketch.State.OPEN


def test_begun_from_a_copy_or_from_nothing(sit: Sit) -> None:
    client = sit("system")
    client.post("/processes/sketches/", {"from": "request"})
    assert Sketch.objects.latest("pk").text == TEXT
    client.post("/processes/sketches/", {})
    page = read(client.get(f"/processes/sketches/{Sketch.objects.latest('pk').key}/"))
    assert "可以提出：没有错误" in page
    assert client.post("/processes/sketches/", {"from": "nothing"}).status_code == 404
    client.post("/processes/sketches/", {"from": "request", "version": "1", "name": "采购签报"})
    other = Sketch.objects.latest("pk")
    assert (other.name, parse(other.text).id) == ("采购签报", "process_1")
    client.post("/processes/sketches/", {"sketch": other.key})
    assert Sketch.objects.latest("pk").text == other.text


def test_a_copy_becomes_the_next_version_and_is_compared_in_words(sit: Sit) -> None:
    client = sit("system")
    changed = TEXT.replace("min_deciders = 2", "min_deciders = 3")
    sketch = begun(client, changed)
    client.post(f"/processes/sketches/{sketch.key}/propose/")
    row = Process.objects.get(code="request", version=2)
    assert parse(row.text).version == 2
    page = read(client.get("/processes/request/2/"))
    assert "与第 1 版相比 1" in page
    assert "至少几人审批 2 3" in page
    assert "没有不同。" in read(client.get("/processes/request/2/?with=2")) or "与第 1 版" in page
    text = client.get("/processes/request/1/process.toml")
    assert text.content.decode() == TEXT
    assert "request-1.toml" in text.headers["Content-Disposition"]


def test_stages_are_counted_once(sit: Sit, town: Town, time: Stopped) -> None:
    matter = opened(town)
    submit(town, matter)
    assert actions.count() == 0, "an event must be settled first"
    time.at += timedelta(hours=2)
    approve(town, matter, "张科")
    time.at += timedelta(minutes=5)
    assert actions.count() == 2
    assert actions.count() == 0
    actions.count_running()
    stage = Stage.objects.get(node="section_head")
    assert (stage.handled, stage.returned, median(stage.spans)) == (1, 0, 120)
    assert Running.objects.get(process__code="request").count == 1
    page = read(sit("audit").get("/processes/request/"))
    assert "科室负责人审核 1 0 2 小时以内" in page
    before = Reached.objects.get().event
    Stage.objects.all().delete()
    Reached.objects.update(event=0)
    while actions.count():
        pass
    assert Stage.objects.get(node="section_head").spans == stage.spans
    assert Reached.objects.get().event == before


def test_medians_know_their_step() -> None:
    assert median([0] * (len(STEPS) + 1)) is None
    assert [step_of(one) for one in (0, 5, 6, 420, 421, 99_999)] == [0, 0, 1, 6, 7, len(STEPS)]
    spans = [0] * (len(STEPS) + 1)
    spans[2], spans[-1] = 1, 2
    assert median(spans) == STEPS[-1]
    spans[2] = 2
    assert median(spans) == STEPS[2]


def test_the_drawing_and_the_words(sit: Sit) -> None:
    client = sit("audit")
    drawn = client.get("/processes/request/1/drawing.svg")
    assert drawn.content.decode().startswith("<svg")
    diagram = client.get("/processes/request/1/process.bpmn")
    assert diagram.content.decode().startswith('<?xml version="1.0"')
    assert "request-1.bpmn" in diagram.headers["Content-Disposition"]
    page = read(client.get("/processes/request/"))
    assert re.search(r"同件不同人 科室负责人审核与", page)
    assert "随系统提供" in page
    assert client.get("/processes/request/7/drawing.svg").status_code == 404
