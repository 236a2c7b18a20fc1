"""What every form of the site carries."""

import json as json_text
from typing import Any

from django import template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reader.csrf import has_session

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: dict[str, Any]) -> SafeString | str:
    """
    Print Django's hidden token for whoever has a session, nothing for everybody else.

    Pages for readers without a session are the same for all of them and set no cookie.
    """
    request = context["request"]
    if not has_session(request) and not request.user.is_authenticated:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """
    Draw a field's control: without a placeholder, for the label says it, and marked for static/js.

    Usage::

        {% control form.name %}
    """
    attrs: dict[str, Any] = {"placeholder": False}
    if field.widget_type == "password":
        attrs["data-reveal"] = gettext("Show password")
    return field.as_widget(attrs=attrs)


@register.filter
def json(value: Any) -> str:
    """Spell a value for a script, to stand in an attribute; escaping is left to the template."""
    return json_text.dumps(value)
