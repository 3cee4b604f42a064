"""The shape of what is asked about processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.duties.report.whether import Change
from zhongshu.kernel.flow.definition import HANDLED, Definition
from zhongshu.kernel.flow.rehearsal import proposed
from zhongshu.office.people.bureau import Bureau

from .seeing import Seer

PAIRS = (("person", "post"), ("principal", "deputy"), ("first", "second"))


class TryForm(forms.Form):
    """Something to try: each part may be left empty, and several may be tried together."""

    person = forms.ChoiceField(label=_("让谁"), required=False)
    post = forms.ChoiceField(label=_("任什么岗位"), required=False)
    deputy = forms.ChoiceField(label=_("让谁作 B 角"), required=False)
    principal = forms.ChoiceField(label=_("代理谁"), required=False)
    first = forms.ChoiceField(label=_("哪一步"), required=False)
    second = forms.ChoiceField(label=_("与哪一步不同人"), required=False)
    least = forms.IntegerField(label=_("至少几人审批"), required=False, min_value=1, max_value=20)

    def __init__(
        self, data: Mapping[str, Any] | None, *, flow: Definition, bureau: Bureau, who: Seer
    ) -> None:
        super().__init__(data)
        nobody = [("", gettext("不改"))]
        people = nobody + sorted(
            ((key, name) for key, name in bureau.names.items() if _shown(key, bureau, who)),
            key=lambda pair: pair[1],
        )
        posts = dict.fromkeys([*_posts(flow), *bureau.directory.posts])
        duties = nobody + list(_duties(flow).items())
        for name in ("person", "deputy", "principal"):
            self._choose(name, people)
        for name in ("first", "second"):
            self._choose(name, duties)
        self._choose("post", nobody + [(post, bureau.names.get(post, post)) for post in posts])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Half a pair is no change that could be tried."""
        got = super().clean() or {}
        for one, other in PAIRS:
            if bool(got.get(one)) != bool(got.get(other)):
                missing = other if got.get(one) else one
                self.add_error(missing, gettext("这一项要一起选。"))
            elif got.get(one) and got[one] == got[other]:
                self.add_error(other, gettext("两项不能相同。"))
        return got

    def change(self) -> Change:
        """What to try."""
        got = self.cleaned_data
        return Change(
            ((got["person"], got["post"]),) if got["person"] else (),
            ((got["principal"], got["deputy"]),) if got["principal"] else (),
            ((got["first"], got["second"]),) if got["first"] else (),
            got["least"] or 0,
        )


class MoveForm(forms.Form):
    """Which step of the new version each lost step becomes, who carries it out, and why."""

    second = forms.ChoiceField(label=_("由谁执行"))
    why = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        old: Definition,
        new: Definition,
        seconds: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        self._choose("second", [("", gettext("请选")), *seconds.items()])
        guess = proposed(old, new)
        fresh = [node for node in new.nodes if node.id not in old.by_id]
        self.lost = [node.id for node in old.nodes if node.id not in new.by_id]
        for name in self.lost:
            node = old.by_id[name]
            alike = [(one.id, one.name) for one in fresh if one.kind is node.kind]
            self.fields[f"to-{name}"] = forms.ChoiceField(
                label=gettext("“{node}”改为").format(node=node.name),
                choices=[("", gettext("没有对应（停在这一步的件不改版）")), *alike],
                initial=guess.get(name, ""),
                required=False,
            )
        self.order_fields([*(f"to-{name}" for name in self.lost), "second", "why"])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Two steps do not become one."""
        got = super().clean() or {}
        taken: set[str] = set()
        for name in self.lost:
            to = got.get(f"to-{name}")
            if to and to in taken:
                self.add_error(f"to-{name}", gettext("这一步已经对应了另一步。"))
            taken.add(to or "")
        return got

    def plan(self) -> dict[str, str]:
        """The names of the new version for steps of the old one."""
        got = self.cleaned_data
        return {name: got[f"to-{name}"] for name in self.lost if got.get(f"to-{name}")}


def _shown(key: str, bureau: Bureau, who: Seer) -> bool:
    """Whether this is somebody who is there and whom the reader may name."""
    person = bureau.directory.people.get(key)
    return (
        person is not None and not person.gone and (who.everybody or bureau.units[key] in who.units)
    )


def _posts(flow: Definition) -> list[str]:
    """The posts that the process asks for, first of all."""
    return [seat.ref for node in flow.nodes for seat in node.seats if seat.kind.value == "post"]


def _duties(flow: Definition) -> dict[str, str]:
    """What may be kept apart: the draft, and what each seat does."""
    found = {flow.draft.id: flow.draft.name}
    for node in flow.nodes:
        for seat in node.seats if node.kind in HANDLED else ():
            found.setdefault(node.duty_of(seat), node.name)
    return found
