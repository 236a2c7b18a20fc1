"""What others answered to somebody, for them alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.notices.keys import key_of
from comments.notices.models import Notice
from comments.notices.services import inbox_of, look_through, renew_key
from comments.threads.views.places import read_on
from reader.http import SeeOther, is_looked_at, render_page_or_part, wants_part
from reader.keyset import keyset_page
from reader.templatetags.addresses import FORM_NAMES

PAGE_SIZE = 20


@require_safe
@never_cache
@login_required
def reply_list(request):
    """Show replies and mentions, latest first; what came since the last look is marked."""
    person, after = request.user, request.GET.get("after")
    with read_on():
        page = keyset_page(
            Notice.objects.of(person).for_list(), fields=("-id",), after=after, size=PAGE_SIZE
        )
    inbox = inbox_of(person)
    latest = page.items[0].pk if page.items and not after else 0
    if latest > inbox.seen and is_looked_at(request):
        look_through(person, up_to=latest)
    address = reverse("notices:reply_list")
    context = {
        "notices": page.items,
        "seen": inbox.seen,
        "after": after,
        "more_url": f"{address}?after={page.next_cursor}" if page.next_cursor else None,
        "focus_pk": page.items[0].pk if page.items and wants_part(request) else None,
        "key": key_of(inbox),
        "forms": FORM_NAMES.items(),
    }
    return render_page_or_part(request, "notices/reply_list.html", "notices/_notices.html", context)


@require_http_methods(["POST"])
@never_cache
def feed_key(request):
    """Make another key for a person's feed."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("notices:reply_list"))
    renew_key(request.user)
    messages.success(request, gettext("Your feed has a new address; the old one is closed."))
    return SeeOther(reverse("notices:reply_list"))
