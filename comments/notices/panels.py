"""The way to a person's replies, on the page of their account."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from comments.notices.models import Notice
from comments.notices.services import inbox_of
from reader.accounts.models import User

# More are not counted: it is a hint, and costs a look at each.
COUNTED = 99


def replies_panel(request: HttpRequest, person: User) -> str:
    seen = inbox_of(person).seen
    new = Notice.objects.of(person).after(seen)[: COUNTED + 1].count()
    context = {"new_count": min(new, COUNTED), "is_more": new > COUNTED}
    return render_to_string("notices/_replies_panel.html", context, request)
