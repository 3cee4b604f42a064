"""What the page of a document asks for at the step that is yours. 在本页办理.

One form a step, whatever the verb pressed: the words, and the fields of the step. The steps that
need more than the plain fields of the process have forms of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.apps.documents.archiving import PERIODS
from zhongshu.apps.documents.models import Incoming
from zhongshu.kernel.flow.condition import Value
from zhongshu.office.handling.forms import PREFIX, ActForm, Asked, changes
from zhongshu.office.matters.asking import Said
from zhongshu.office.matters.offers import Offer

INLINE = ("approve", "disapprove", "abstain", "done", "instruct")  # answered on the page itself


@dataclass(frozen=True)
class Paper:
    """What a step's form knows of the document besides its case."""

    incoming: Incoming
    readers: tuple[str, ...] = ()
    period: str = ""
    why: str = ""


class StepForm(ActForm):
    """The plain form of a step: the opinion and the step's own fields."""

    def __init__(
        self, asked: Asked, paper: Paper, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(asked, data, files)
        self.paper, self.bureau = paper, asked.bureau
        self.fields.pop("verb")
        self.suit()

    def suit(self) -> None:
        """Make the fields those of this step."""

    @property
    def words(self) -> str:
        """What is written so far."""
        return str(self["opinion"].value() or "") if "opinion" in self.fields else ""

    def begun(self) -> Mapping[str, Value]:
        """The step's fields as they are proposed, before anybody has changed one."""
        proposed = {
            name: self.get_initial_for_field(field, name) for name, field in self.fields.items()
        }
        told = changes(self.trial.definition, proposed)
        return {name: value for name, value in told.items() if value != ""}

    @property
    def must(self) -> bool:
        """Whether words are needed whatever is pressed."""
        return "opinion" in self.fields and self.fields["opinion"].required

    @property
    def asked_for(self) -> list[tuple[forms.BoundField, bool]]:
        """The fields beside the words, and whether one takes the whole width: with many choices."""
        found = [one for one in self.visible_fields() if one.name != "opinion"]
        return [(one, isinstance(one.field, forms.MultipleChoiceField)) for one in found]


class ResultForm(StepForm):
    """承办: the words are the result, kept as such."""

    def suit(self) -> None:
        """One place to write in, and it must not stay empty."""
        self.fields.pop(PREFIX + "result", None)
        self.fields["opinion"].label = _("办理结果")
        self.fields["opinion"].required = True

    def said(self, papers: Mapping[str, Value] | None = None) -> Said:
        """What was pressed; the words are the field too, from which the check is made."""
        told = super().said(papers)
        return replace(told, changes={**told.changes, "result": told.opinion})


class ReplyForm(StepForm):
    """答复: by which number, and to whom."""

    def suit(self) -> None:
        """The source is whom one answers, unless somebody writes another."""
        self.fields[PREFIX + "reply_no"].required = True
        self.initial[PREFIX + "answer_to"] = self.paper.incoming.source
        self.fields[PREFIX + "answer_to"].help_text = _("来文单位；还须告知的，用顿号接着写")


class ArchiveForm(StepForm):
    """归档: how long it is kept. The archive number follows and is never typed."""

    def suit(self) -> None:
        """The period is proposed from the unit's table, with the reason."""
        name = PREFIX + "retention"
        field = forms.ChoiceField(
            label=_("保管期限"),
            choices=[(one, one) for one in PERIODS],
            widget=forms.RadioSelect,
            help_text=self.paper.why or _("依本单位归档范围和保管期限表"),
        )
        self.fields[name] = field
        self.initial[name] = self.paper.period or None


class CollateForm(StepForm):
    """归拢批示: whether the leaders said the same. A person judges, never the machine."""

    def suit(self) -> None:
        """Asked as a plain question with two answers."""
        self.fields[PREFIX + "differ"] = forms.TypedChoiceField(
            label=_("几位领导的批示"),
            choices=[("0", _("一致，按此办理")), ("1", _("不一致，报主要领导定"))],
            coerce=lambda value: value == "1",
            widget=forms.RadioSelect,
        )

    def said(self, papers: Mapping[str, Value] | None = None) -> Said:
        """What was pressed; `differ` also when it is no."""
        told = super().said(papers)
        differ = bool(self.cleaned_data[PREFIX + "differ"])
        return replace(told, changes={**told.changes, "differ": differ})


def inline(offers: tuple[Offer, ...], slot: int) -> list[Offer]:
    """The verbs that are answered on the page, of one seat."""
    return [one for one in offers if one.slot == slot and one.verb in INLINE and not one.ask]
