"""Forms of the desk, filled in as a browser would send them back."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone


def change_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(response):
    """What a browser would send back: every field of the form and of its panels as it stands."""
    filled = {}
    forms = [response.context["adminform"].form]
    for panel in response.context["inline_admin_formsets"]:
        forms += [panel.formset.management_form, *panel.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, datetime):
                local = timezone.localtime(value)
                filled[f"{bound.html_name}_0"] = f"{local:%Y-%m-%d}"
                filled[f"{bound.html_name}_1"] = f"{local:%H:%M:%S.%f}"
            elif value is not None and value is not False:
                filled[bound.html_name] = bound.field.prepare_value(value)
    return filled
