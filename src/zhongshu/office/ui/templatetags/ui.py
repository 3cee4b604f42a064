"""All components in one library, which every template has without loading it. 组件."""

from __future__ import annotations

from django import template

from . import atoms, charts, fields, frame, lists, opinions, papers, times

register = template.Library()
for part in (atoms, charts, fields, frame, lists, opinions, papers, times):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
