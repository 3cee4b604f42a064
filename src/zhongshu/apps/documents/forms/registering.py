"""The shape of a registration: what is entered of one paper (handbook on documents, 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import flatatt
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhongshu.apps.documents import reading
from zhongshu.apps.documents.entering import Entry
from zhongshu.apps.documents.models import Arrival, Incoming
from zhongshu.apps.documents.queries.sources import Lead, Register
from zhongshu.apps.documents.reasons import CHECKS
from zhongshu.kernel.papers.recognise.kinds import AFFAIRS, STATUTORY
from zhongshu.kernel.triage import CLASSES, Mark
from zhongshu.office import clock
from zhongshu.office.matters.models import Matter

DAYS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
MOMENTS = ["%Y-%m-%d %H:%M", "%Y年%m月%d日 %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S"]
COMMON = [
    "请示",
    "报告",
    "通知",
    "函",
    "通报",
    "意见",
    "批复",
    "决定",
    "纪要",
    "通告",
    "公告",
    "议案",
    "命令",
    "决议",
    "公报",
]
PUBLICITY = ("主动公开", "依申请公开", "不予公开")
ORDER = (
    "document_no", "signer", "title", "source", "sort", "dated", "wanted_by", "addressee",
    "urgency", "register", "pages", "enclosures", "received_at", "suggested_lead",
)  # fmt: skip
MORE = (
    "purpose", "medium", "copies", "copied_to", "contact", "publicity", "grade", "keeper",
    "related", "resubmits",
)  # fmt: skip
WIDE = {"title", "copied_to", "resubmits"}


class Known(NamedTuple):
    """What the form is made from, beside the arrival: facts about its source, and by whom."""

    register: Register
    lead: Lead | None
    units: Sequence[tuple[str, str]]
    returned: Sequence[Matter]
    keeper: str


def day_words(day: date) -> str:
    """A day as it stands on a paper."""
    return f"{day.year}年{day.month}月{day.day}日"


class Select(forms.Select):
    """A select that is written in one go: a template for each of its options takes half the time
    of the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django's
        """The control with its options."""
        context = self.get_context(name, value, attrs)["widget"]
        rows = (
            (one["value"], " selected" if one["selected"] else "", one["label"])
            for _group, options, _index in context["optgroups"]
            for one in options
        )
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        written = flatatt(context["attrs"])
        return format_html('<select name="{}"{}>{}</select>', name, written, options)


class RegisterForm(forms.Form):
    """The form. What a machine read fills it in; what a clerk has kept wins over that."""

    document_no = forms.CharField(label=_("发文字号"), max_length=80, required=False)
    signer = forms.CharField(label=_("签发人"), max_length=60, required=False)
    title = forms.CharField(label=_("标题"), max_length=300)
    source = forms.CharField(label=_("来文机关"), max_length=120)
    sort = forms.ChoiceField(label=_("文种"), required=False)
    dated = forms.DateField(label=_("成文日期"), input_formats=DAYS, required=False)
    wanted_by = forms.DateField(label=_("要求时限"), input_formats=DAYS, required=False)
    addressee = forms.CharField(label=_("主送"), max_length=300, required=False)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Matter.Urgency.choices)
    register = forms.ChoiceField(label=_("登记簿"), choices=Incoming.Register.choices)
    pages = forms.IntegerField(label=_("页数"), min_value=1, max_value=9999, required=False)
    enclosures = forms.IntegerField(label=_("附件数"), min_value=0, max_value=999, required=False)
    received_at = forms.DateTimeField(label=_("收到"), input_formats=MOMENTS)
    suggested_lead = forms.ChoiceField(label=_("建议主办"), required=False)
    purpose = forms.ChoiceField(label=_("办理类别"), choices=Incoming.Purpose.choices)
    medium = forms.ChoiceField(label=_("介质"), choices=Incoming.Medium.choices)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=999)
    copied_to = forms.CharField(label=_("抄送"), max_length=300, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=80, required=False)
    publicity = forms.ChoiceField(label=_("公开方式"), required=False)
    grade = forms.TypedChoiceField(label=_("信息类别"), choices=Matter.Grade.choices, coerce=int)
    keeper = forms.CharField(label=_("原件保管"), max_length=60, required=False)
    resubmits = forms.ChoiceField(label=_("补正重报"), required=False)
    related = forms.CharField(
        label=_("关联事项"), max_length=60, required=False, help_text=_("填登记号")
    )
    checks = forms.MultipleChoiceField(
        label=_("初审五项"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    weight = forms.TypedChoiceField(
        label=_("改定分量"), required=False, coerce=int, empty_value=None
    )
    due_on = forms.DateField(label=_("改定时限"), input_formats=DAYS, required=False)
    why = forms.CharField(label=_("改的理由"), max_length=200, required=False)
    vouched = forms.BooleanField(label=_("我声明：标题中的字样不是国家秘密标志"), required=False)

    def __init__(
        self, arrival: Arrival, known: Known, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(_initial(arrival, known)))
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
                drawn = Select(field.widget.attrs, list(field.widget.choices))
                drawn.is_required, field.widget = field.required, drawn
        self.arrival, self.known = arrival, known
        blank = ("", "—")
        read_sort = str(self.initial.get("sort", ""))
        sorts = dict.fromkeys((*COMMON, *sorted(STATUTORY | AFFAIRS), read_sort))
        self._choose("sort", [blank, *((one, one) for one in sorts if one)])
        self._choose("publicity", [blank, *((one, one) for one in PUBLICITY)])
        self._choose("suggested_lead", [blank, *known.units])
        self._choose(
            "resubmits", [blank, *((m.key, f"{m.number} {m.title}") for m in known.returned)]
        )
        weights = [(str(one), str(one)) for one in reversed(CLASSES)]
        self._choose("weight", [("", gettext("按建议")), *weights])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_received_at(self) -> datetime:
        """Nothing has arrived tomorrow."""
        at: datetime = self.cleaned_data["received_at"]
        if at > clock.now():
            raise forms.ValidationError(gettext("收到时间在将来，请核对。"))
        return at

    def clean(self) -> dict[str, Any]:
        """A day that no calendar of work knows is a slip of the pen."""
        got: dict[str, Any] = super().clean() or {}
        today = clock.local(clock.now()).date()
        for name in ("wanted_by", "due_on"):
            day = got.get(name)
            if day and abs(day.year - today.year) > 5:
                self.add_error(name, gettext("年份不对，请核对。"))
        return got

    def entry(self) -> Entry:
        """What is entered."""
        got = dict(self.cleaned_data)
        got["urgency"] = Mark(got["urgency"])
        got["checks"] = tuple(got["checks"])
        got["enclosures"] = got["enclosures"] or 0
        return Entry(**got)

    def kept(self) -> dict[str, Any]:
        """What was typed, as it stands, for later."""
        return {name: self[name].data for name in self.fields if self[name].data is not None}


def typed(kept: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """What was kept, as a browser would send it."""
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in kept.items()}
    )


def _initial(arrival: Arrival, known: Known) -> Iterator[tuple[str, Any]]:
    """What stands in the form before anybody types: what was read, and facts about the source."""
    yield from _usual(arrival, known)
    for name in RegisterForm.base_fields:
        read = reading.shown(arrival.reading, name).value
        if read:
            dates = name in {"dated", "wanted_by"}
            yield name, day_words(date.fromisoformat(read)) if dates else read
    yield from arrival.typed.items()


def _usual(arrival: Arrival, known: Known) -> Iterator[tuple[str, Any]]:
    on_paper = not arrival.digest
    yield "register", known.register.code or Incoming.Register.OTHER
    yield "suggested_lead", known.lead.unit if known.lead else ""
    yield "received_at", f"{clock.local(arrival.at):%Y-%m-%d %H:%M}"
    yield "medium", Incoming.Medium.PAPER if on_paper else Incoming.Medium.ELECTRONIC
    yield "keeper", known.keeper if on_paper else ""
    yield "urgency", Mark.NORMAL
    yield "purpose", Incoming.Purpose.ACTION
    yield "grade", Matter.Grade.INTERNAL
    yield "copies", 1
    yield "enclosures", 0
    yield "pages", len(arrival.reading.get("pages", ())) or ""
