"""What becomes of comments that a guest wrote when the guest has an account."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from comments.threads.guests import forget_guest, guest_key_of
from comments.threads.services import claim_comments
from reader.http import SeeOther


@require_http_methods(["POST"])
def guest_comments(request):
    """Make a guest's comments the reader's own, or forget that this browser wrote them."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("accounts:profile"))
    whose = request.POST.get("whose")
    if whose not in ("mine", "other"):
        raise BadRequest("Whose they are is 'mine' or 'other'.")
    if whose == "mine":
        count = claim_comments(request.user, guest_key=guest_key_of(request))
        words = ngettext("%(n)d comment is yours now.", "%(n)d comments are yours now.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.success(request, gettext("This browser no longer knows them."))
    response = SeeOther(reverse("accounts:profile"))
    forget_guest(response)
    return response
