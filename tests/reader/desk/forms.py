"""Forms of the desk, filled in as a browser would send them back."""

from bs4 import BeautifulSoup
from django.urls import reverse


def change_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(response):
    """What a browser would send back: every field of the form and of its panels as it stands."""
    form = BeautifulSoup(response.content, "html.parser").select_one("#content form[method=post]")
    filled = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.has_attr("disabled") or field.get("type") in ("submit", "file"):
            continue
        if field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                filled[field["name"]] = field.get("value", "on")
        elif field.name == "select":
            options = field.select("option")
            chosen = field.select_one("option[selected]") or (options and options[0])
            if chosen:
                filled[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            # The first line break belongs to the markup, not to the text.
            filled[field["name"]] = field.get_text().removeprefix("\n")
        else:
            filled[field["name"]] = field.get("value", "")
    return filled
