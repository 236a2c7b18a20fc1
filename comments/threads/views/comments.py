"""One comment: where it stands, and what its author and its readers may do with it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comments.threads.answers import (
    answer_form,
    answer_part,
    place_before,
    place_of,
    swaps,
)
from comments.threads.drawing import draw_chain
from comments.threads.forms import EditForm, VoteForm
from comments.threads.guests import viewer_of, writer_of
from comments.threads.models import Comment
from comments.threads.reading import load_history
from comments.threads.section import thread_section, writing_context
from comments.threads.services import (
    CommentRefused,
    edit_comment,
    preview_edit,
    undo_withdrawal,
    vote_comment,
    withdraw_comment,
)
from comments.threads.views.places import find_place, still_there
from reader.http import SeeOther, render_page_or_part, wants_part

# With the number of votes there are now.
VOTE_WORDS = {
    1: ngettext_lazy(
        "You find this worth reading. %(score)d vote now.",
        "You find this worth reading. %(score)d votes now.",
        "score",
    ),
    -1: ngettext_lazy(
        "You find this not worth reading. %(score)d vote now.",
        "You find this not worth reading. %(score)d votes now.",
        "score",
    ),
    0: ngettext_lazy(
        "Your vote is taken back. %(score)d vote now.",
        "Your vote is taken back. %(score)d votes now.",
        "score",
    ),
}
# With the number of comments there are now.
WITHDRAWN = ngettext_lazy(
    "Your comment is withdrawn. %(n)d comment now.",
    "Your comment is withdrawn. %(n)d comments now.",
    "n",
)
RESTORED = ngettext_lazy(
    "Your comment is back. %(n)d comment now.", "Your comment is back. %(n)d comments now.", "n"
)


@require_safe
@still_there()
def comment_detail(request, comment_id):
    """Show a comment below what it answers; htmx gets it alone, to put back in its place."""
    place = find_place(request, comment_id)
    comment = place.branch.comment
    context = {
        **_context(request, place),
        "entries": draw_chain(place.ancestors, place.branch),
        "here_pk": comment.pk,
        "focus_pk": comment.pk if wants_part(request) else None,
    }
    return render_page_or_part(
        request, "threads/comment_detail.html", "threads/_comment.html", context
    )


@require_http_methods(["GET", "HEAD", "POST"])
@still_there()
def comment_edit(request, comment_id):
    """Offer a comment's words to its author; on POST keep the new ones."""
    place = find_place(request, comment_id)
    posted = request.POST if request.method == "POST" else None
    form, preview = EditForm(posted, person=viewer_of(request)), ""
    # Whose session has ended gets the words back, and nothing of the comment.
    if not (place.branch.comment.can_edit or form.is_logged_out):
        raise PermissionDenied
    comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
    form.initial = {"text": comment.body_src}
    if form.is_valid():
        words = {"text": form.cleaned_data["text"], "by": writer_of(request)}
        try:
            if "preview" in request.POST:
                preview = preview_edit(comment, **words)
            else:
                edit_comment(comment, **words)
                return _answer_changed(request, place, say=gettext("Your comment is changed."))
        except CommentRefused as refusal:
            form.refuse(refusal)
    context = {**_context(request, place), "form": form, "preview_html": preview}
    page, part = "threads/comment_edit.html", "threads/_comment_edit.html"
    return answer_form(
        request,
        page,
        part,
        context,
        error=form.first_error,
        root=f"comment-{comment_id}",
        again=bool(preview),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@still_there()
def comment_delete(request, comment_id):
    """Ask whether to withdraw a comment; on POST do it."""
    place = find_place(request, comment_id)
    if not place.branch.comment.can_withdraw:
        raise PermissionDenied
    context = {**_context(request, place), "refusal": ""}
    if request.method == "POST":
        comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
        try:
            withdraw_comment(comment, by=writer_of(request))
        except CommentRefused as refusal:
            context["refusal"] = str(refusal)
        else:
            # In place of the words is the way to have them back.
            return _answer_thread(request, place, comment, say=WITHDRAWN)
    page, part = "threads/comment_delete.html", "threads/_comment_delete.html"
    return answer_form(
        request, page, part, context, error=context["refusal"], root=f"withdraw-{comment_id}"
    )


@require_POST
@still_there()
def comment_restore(request, comment_id):
    """Put back a comment that its author has just withdrawn."""
    place = find_place(request, comment_id)
    comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
    try:
        restored = undo_withdrawal(comment, by=writer_of(request))
    except CommentRefused as refusal:
        if refusal.code == "not_yours":
            raise PermissionDenied(str(refusal)) from refusal
        # The page they look at is out of date: it is loaded again, and says why.
        messages.error(request, str(refusal))
        if wants_part(request):
            return HttpResponseClientRefresh()
        return SeeOther(place_of(request, comment_id, place.article))
    return _answer_thread(request, place, restored, say=RESTORED)


@require_POST
@still_there()
def comment_vote(request, comment_id):
    """Vote for (1) or against (-1) a comment, or take the vote back (0)."""
    find_place(request, comment_id)
    if not request.user.is_authenticated:
        return redirect_to_login(place_before(request, comment_id))
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A vote is -1, 0 or 1.")
    comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
    value = form.cleaned_data["value"]
    try:
        vote_comment(comment, by=writer_of(request), value=value)
    except CommentRefused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if not swaps(request, f"comment-{comment_id}-vote"):
        return SeeOther(place_before(request, comment_id))
    context = _context(request, find_place(request, comment_id))
    context["say"] = VOTE_WORDS[value] % {"score": context["comment"].score}
    return answer_part(request, "threads/_vote.html", context)


@require_safe
@still_there()
def comment_history(request, comment_id):
    """Show what a comment said before it was edited, the newest words first."""
    place = find_place(request, comment_id)
    try:
        revisions = load_history(comment_id)
    except Comment.DoesNotExist as error:
        raise Http404("This comment has no history.") from error
    context = {**_context(request, place), "revisions": revisions[::-1]}
    return render(request, "threads/comment_history.html", context)


def _context(request, place):
    return {
        **writing_context(request, place.article),
        "comment": place.branch.comment,
    }


def _answer_changed(request, place, *, say):
    pk = place.branch.comment.pk
    if not swaps(request, f"comment-{pk}"):
        return SeeOther(place_of(request, pk, place.article))
    context = {**_context(request, find_place(request, pk)), "focus_pk": pk, "say": say}
    return answer_part(request, "threads/_comment.html", context)


def _answer_thread(request, place, comment, *, say):
    """Show the thread anew at a comment, and say what was done with how many there are now."""
    if not swaps(request, "comments"):
        return SeeOther(place_of(request, comment.pk, place.article))
    section = thread_section(request, place.article, posted=comment)
    section["say"] = say % {"n": section["thread"].count}
    return answer_part(request, "threads/_thread.html", section)
