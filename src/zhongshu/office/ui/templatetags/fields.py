"""Fields of forms: label over control, note and faults below. 表单项."""

from __future__ import annotations

from typing import Literal

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .html import attrs, chosen, put, some

register = template.Library()

Sure = Literal["high", "mid", "low"]


@register.simple_tag
def field(
    *,
    bound: BoundField,
    sure: str = "",
    wide: bool = False,
    aside: str = "",
    zone: str = "",
    place: int | None = None,
    quiet: bool = False,
) -> SafeString:
    """A field of a form in the look of the house; what was typed is kept, faults are text.

    `sure` is how sure a machine is of what it read; `zone` the place on the scan it read it from,
    which bears the number `place` there. `quiet` does not say what may be left empty.
    """
    words = {"high": _("把握高"), "mid": _("把握中，请核对"), "low": _("把握低，请核对")}
    told = words[chosen(sure, Sure)] if sure else ""
    head = put(
        "{}{}{}{}",
        some('<span class="num" aria-hidden="true">{}</span>', place),
        bound.label,
        some('<i class="sure" aria-hidden="true"></i><span class="sr">{}</span>', told),
        some("<small>{}</small>", aside or ("" if quiet or bound.field.required else _("可不填"))),
    )
    note, faults = _note(bound), _faults(bound)
    outer = attrs(class_="field", data_sure=sure, data_wide=wide, data_zone=zone)
    if bound.use_fieldset:
        return put(
            "<fieldset{}{}><legend>{}</legend>{}{}{}</fieldset>",
            outer,
            attrs(aria_describedby=bound.aria_describedby),
            head,
            bound,
            note,
            faults,
        )
    if getattr(bound.field.widget, "input_type", "") == "checkbox":
        return put(
            '<div{}><label class="check" for="{}">{} {}</label>{}{}</div>',
            outer,
            bound.id_for_label,
            bound,
            bound.label,
            note,
            faults,
        )
    return put(
        '<div{}><label for="{}">{}</label>{}{}{}</div>',
        outer,
        bound.id_for_label,
        head,
        bound,
        note,
        faults,
    )


@register.simple_block_tag
def fields(content: str) -> SafeString:
    """Fields side by side, one below the other on a phone."""
    return put('<div class="fields">{}</div>', content)


@register.simple_tag
def faults(*, form: BaseForm) -> SafeString:
    """What is wrong with a form as a whole; the faults of its fields stand at the fields."""
    errors = list(form.non_field_errors())
    if not form.errors:
        return SafeString()
    many = _("有 {count} 处要改，已写的都还在。").format(count=sum(map(len, form.errors.values())))
    return put(
        '<div class="faults" role="alert" tabindex="-1"><b>{}</b>{}</div>',
        many,
        some("<p>{}</p>", " ".join(str(error) for error in errors)),
    )


def _note(bound: BoundField) -> SafeString:
    return some(
        "<small{1}>{0}</small>",
        bound.help_text,
        attrs(id=f"{bound.auto_id}_helptext" if bound.auto_id else None),
    )


def _faults(bound: BoundField) -> SafeString:
    return some(
        "<small data-fault{1}>{0}</small>",
        " ".join(str(error) for error in bound.errors),
        attrs(id=f"{bound.auto_id}_error" if bound.auto_id else None),
    )
