"""The desk's order is the kernel's, however long the queue; each place says why."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from tests.office.town import Stopped, Town
from zhongshu.kernel.triage import rank
from zhongshu.office import clock
from zhongshu.office.matters import actions, queue
from zhongshu.office.matters.models import Todo

from .test_act import opened


def fill(town: Town, count: int, seed: int) -> None:
    """Many things to do for one person, at random, without going through the flow."""
    dice, now = random.Random(seed), clock.calendar().minute(clock.now())
    matter = opened(town)
    Todo.objects.all().delete()
    todos = []
    for nth in range(count):
        need, due = dice.choice((5, 30, 240, 900)), now + dice.randint(-3000, 9000)
        todos.append(
            Todo(
                matter=matter,
                person=town.people["张科"],
                what=dice.choice(("do", "claim", "answer")),
                slot=nth,
                at=clock.now(),
                due=due,
                weight=dice.choice((1, 2, 3, 5, 8)),
                need=need,
                start_by=due - need,
            )
        )
    Todo.objects.bulk_create(todos)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [0, 7, 300, 1500])
def test_the_order_is_that_of_the_kernel(town: Town, count: int, seed: int) -> None:
    fill(town, count, seed)
    now = clock.calendar().minute(clock.now())
    every = Todo.objects.select_related("matter")
    wanted = sorted((queue.weighed(todo) for todo in every), key=lambda one: rank(one, now))
    found = [place.todo.pk for place in queue.desk(seen_by=town.actor("张科"), limit=40)]
    assert found == [one.id for one in wanted[:40]]


def test_reading_and_other_peoples_work_are_not_on_it(town: Town) -> None:
    fill(town, 5, 1)
    Todo.objects.filter(slot=0).update(what="read")
    Todo.objects.filter(slot=1).update(person=town.people["陈立"])
    assert len(queue.desk(seen_by=town.actor("张科"))) == 3


def test_a_big_matter_left_alone_stands_above(town: Town, time: Stopped) -> None:
    fill(town, 30, 2)
    Todo.objects.update(weight=3)
    big = Todo.objects.order_by("-due").first()
    assert big is not None
    Todo.objects.filter(pk=big.pk).update(weight=8, at=time.at - timedelta(days=10))
    places = queue.desk(seen_by=town.actor("张科"), limit=10)
    assert places[0].held
    assert places[0].todo.pk == big.pk
    assert "个工作日无人动过" in places[0].why.zh


def test_three_statements_however_long(town: Town, django_assert_max_num_queries: object) -> None:
    fill(town, 400, 3)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        queue.desk(seen_by=town.actor("张科"))


def test_an_administrator_has_no_desk(town: Town) -> None:
    assert queue.desk(seen_by=actions.Actor("account:1", "system")) == ()
