"""People, as far as they have said something."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from comments.threads.models import Comment
from comments.threads.views.places import read_on
from reader.accounts.models import User
from reader.http import moved, render_page_or_part, wants_part
from reader.keyset import keyset_page

PAGE_SIZE = 20


@require_safe
def person_detail(request, user_id, slug):
    """Show what a person said in public. Who never did has no page, or names could be looked up."""
    person = get_object_or_404(User, pk=user_id, is_active=True)
    after = request.GET.get("after")
    said = Comment.objects.public().by_author(person).for_list()
    with read_on():
        page = keyset_page(said, fields=("-id",), after=after, size=PAGE_SIZE)
    if not page.items and person != request.user:
        raise Http404("There is no such person here.")
    if slug != person.slug:
        return moved(request, person)
    address = reverse("threads:person_detail", args=[person.pk, person.slug])
    context = {
        "person": person,
        "comments": page.items,
        "after": after,
        "more_url": f"{address}?after={page.next_cursor}" if page.next_cursor else None,
        "focus_pk": page.items[0].pk if page.items and wants_part(request) else None,
    }
    return render_page_or_part(
        request, "threads/person_detail.html", "threads/_person_comments.html", context
    )
