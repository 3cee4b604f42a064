"""The component set: one tag, one template in templates/ui/."""

from __future__ import annotations

from django import template

register = template.Library()
