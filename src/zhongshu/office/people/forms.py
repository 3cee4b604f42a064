"""Shape of what is typed about people. The rules of the office are in the actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhongshu.office import clock

from .accounts import Account
from .listing import here
from .models import Appointment, Person, Post, StandIn, Unit

WORKDAY = (time(9), time(17, 30))


class DateInput(forms.DateInput):
    """A day, with the calendar of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, with the calendar of the browser."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Span(forms.Form):
    """From when to when; tomorrow's working day if nothing is said."""

    start = forms.DateTimeField(label=_("自"), widget=MomentInput)
    end = forms.DateTimeField(label=_("至"), widget=MomentInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tomorrow = clock.local(clock.now()).date() + timedelta(days=1)
        for name, at in zip(("start", "end"), WORKDAY, strict=True):
            self.fields[name].initial = datetime.combine(tomorrow, at)


class LeaveForm(Span):
    """Away, and why."""

    why = forms.CharField(label=_("事由"), max_length=20, required=False)


class StandInForm(Span):
    """Who stands in, when, and how."""

    deputy = forms.ModelChoiceField(label=_("B 角"), queryset=Person.objects.none())
    mode = forms.ChoiceField(label=_("方式"), choices=StandIn.Mode.choices)
    field_order = ("deputy", "start", "end", "mode")

    def __init__(self, *args: Any, principal: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = here(clock.now()).exclude(pk=principal.pk).select_related("unit")
        _offer(self, "deputy", people, _with_unit)


class UnitForm(forms.Form):
    """A unit."""

    code = forms.CharField(label=_("代号"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"), choices=Unit.Kind.choices, initial="section")
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=9999, initial=0)
    parent = forms.ModelChoiceField(
        label=_("上级"), queryset=Unit.objects.all(), required=False, to_field_name="code"
    )


class SeatForm(forms.Form):
    """Who heads a unit, and who is in charge of it."""

    head = forms.ModelChoiceField(
        label=_("负责人岗位"), queryset=Post.objects.none(), required=False, to_field_name="code"
    )
    leader = forms.ModelChoiceField(
        label=_("分管领导岗位"), queryset=Post.objects.none(), required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "head", Post.objects.filter(unit=unit))
        _offer(self, "leader", Post.objects.filter(unit__kind=Unit.Kind.LEADERS))


class PostForm(forms.Form):
    """A post."""

    code = forms.CharField(label=_("代号"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=80)
    grade = forms.IntegerField(label=_("级别"), min_value=0, max_value=99, initial=0)


class SightForm(forms.Form):
    """How far a post sees."""

    sight = forms.ChoiceField(label=_("可见范围"), choices=Post.Sight.choices)


class PersonForm(forms.Form):
    """Somebody who works here."""

    number = forms.CharField(label=_("工号"), max_length=20)
    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), required=False)


class MoveForm(forms.Form):
    """To which unit."""

    unit = forms.ModelChoiceField(
        label=_("调往"), queryset=Unit.objects.all(), to_field_name="code"
    )


class AppointForm(forms.Form):
    """Which post, from when."""

    post = forms.ModelChoiceField(
        label=_("岗位"), queryset=Post.objects.select_related("unit"), to_field_name="code"
    )
    since = forms.DateField(label=_("自"), widget=DateInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "post", Post.objects.select_related("unit"), _with_unit)


class EndForm(forms.Form):
    """Which appointment ends."""

    appointment = forms.ModelChoiceField(label=_("岗位"), queryset=Appointment.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Appointment.objects.filter(person=person, until=None).select_related("post")
        _offer(self, "appointment", rows, lambda row: row.post.name)


class ClearanceForm(forms.Form):
    """Up to which class somebody may read."""

    clearance = forms.TypedChoiceField(
        label=_("知悉等级"),
        coerce=int,
        choices=[(0, _("公开")), (1, _("内部")), (2, _("工作秘密"))],
    )


class LeavingForm(forms.Form):
    """Who takes over, and from when."""

    successor = forms.ModelChoiceField(
        label=_("接手人"), queryset=Person.objects.none(), required=False
    )
    drafts = forms.ModelChoiceField(
        label=_("草稿交给"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("没有送办过的草稿交给谁接着写。不选则留存备查：不再办理，内容和编号都保留。"),
    )
    on = forms.DateField(label=_("离岗日期"), widget=DateInput, required=False)

    def __init__(self, *args: Any, person: Person, drafts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = here(clock.now()).exclude(pk=person.pk).select_related("unit")
        _offer(self, "successor", people, _with_unit)
        if drafts:
            _offer(self, "drafts", people, _with_unit)
        else:
            del self.fields["drafts"]


class AccountForm(forms.Form):
    """An account: for a person, or for one of the three offices."""

    username = forms.CharField(label=_("登录名"), max_length=40)
    person = forms.ModelChoiceField(label=_("人员"), queryset=Person.objects.none(), required=False)
    office = forms.ChoiceField(label=_("管理职责"), choices=Account.Office.choices, required=False)
    name = forms.CharField(label=_("管理员姓名"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = here(clock.now()).filter(account=None).select_related("unit")
        _offer(self, "person", people, _with_unit)

    def clean(self) -> dict[str, Any]:
        """One or the other."""
        found = super().clean() or {}
        if bool(found.get("person")) == bool(found.get("office")):
            raise forms.ValidationError(_("人员和管理职责，填且只填一项。"))
        return found


class IdentityForm(forms.Form):
    """Whom the identity provider means."""

    subject_ = forms.CharField(
        label=_("用户标识（sub）"),
        max_length=200,
        help_text=_("统一身份里这个人不变的标识。姓名、工号、邮箱会变，不能用来绑定。"),
    )


class ForgottenForm(forms.Form):
    """Whose password it is."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class FirstPasswordForm(forms.Form):
    """The first password, twice."""

    password = forms.CharField(
        label=_("口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=_("再输一次"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Good enough, and typed the same."""
        found = super().clean() or {}
        password = found.get("password", "")
        if password and password != found.get("again"):
            self.add_error("again", _("两次输入不一致。"))
        if password:
            try:
                validate_password(password, self.account)
            except forms.ValidationError as fault:
                self.add_error("password", fault)
        return found


class TableForm(forms.Form):
    """A table with an organisation."""

    table = forms.FileField(label=_("机构人员表"), help_text=_("CSV 或 xlsx，不超过 5 MB。"))


def _offer(
    form: forms.Form,
    name: str,
    rows: QuerySet[Any],
    label: Callable[[Any], str] = str,
) -> None:
    """Which rows a field offers, and what it calls them."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    field.label_from_instance = label  # type: ignore[assignment,method-assign]


def _with_unit(row: Person | Post) -> str:
    return f"{row.name}　{row.unit.name}"
