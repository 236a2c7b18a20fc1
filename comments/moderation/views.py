"""What readers can do about a comment that should not stand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comments.moderation.forms import ReportForm
from comments.moderation.services import ReportRefused, pick_comment, report_comment
from comments.threads.answers import answer_form, answer_part, place_before, swaps
from comments.threads.guests import guest_named, guest_of, remember_guest, writer_of
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.section import writing_context
from comments.threads.senders import sender_of
from comments.threads.services import CommentRefused
from comments.threads.views.places import find_place
from reader.http import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request, comment_id):
    """Ask what is wrong with a comment; on POST hand it to the moderators."""
    place = find_place(request, comment_id)
    if place.branch.comment.is_placeholder:
        raise PermissionDenied
    context = {
        **writing_context(request, place.article),
        "comment": place.branch.comment,
    }
    if "sent" in request.GET:
        return render(request, "moderation/comment_report_sent.html", context)
    form, retry_after = ReportForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        writer = writer_of(request)
        guest = sender = None
        if writer.user is None:
            known = guest_of(request)
            guest = guest_named(request, known.name if known else "")
            writer, sender = Writer(guest_key=guest.key), sender_of(request)
        comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
        try:
            report = report_comment(comment, by=writer, sender=sender, **form.cleaned_data)
        except ReportRefused as refusal:
            retry_after = refusal.retry_after
            form.add_error("note" if refusal.code == "note" else None, str(refusal))
        else:
            response = _answer_reported(request, comment_id)
            # A second click finds the report of the first, which came with another key.
            if guest and report.guest_key_hash == writer.key_hash:
                remember_guest(request, response, guest)
            return response
    context["form"] = form
    page, part = "moderation/comment_report.html", "moderation/_comment_report.html"
    root = f"report-{comment_id}"
    response = answer_form(request, page, part, context, error=form.first_error, root=root)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


@require_http_methods(["POST"])
def comment_pick(request, comment_id):
    """Pick a comment out for those who read only the best, or no longer."""
    place = find_place(request, comment_id)
    comment = get_object_or_404(Comment.objects.for_action(), pk=comment_id)
    is_picked = request.POST.get("picked") == "1"
    try:
        pick_comment(comment, by=request.user, is_picked=is_picked)
    except CommentRefused as refusal:
        words = str(refusal)
    else:
        words = gettext("Picked.") if is_picked else gettext("No longer picked.")
    if not swaps(request, f"comment-{comment_id}"):
        messages.info(request, words)
        return SeeOther(place_before(request, comment_id))
    place = find_place(request, comment_id)
    context = {
        **writing_context(request, place.article),
        "comment": place.branch.comment,
        "say": words,
    }
    return answer_part(request, "threads/_comment.html", context)


def _answer_reported(request, comment_id):
    if swaps(request, f"report-{comment_id}"):
        words = gettext("Thank you. A moderator will look at it.")
        return answer_part(request, "moderation/_comment_report_sent.html", {"say": words})
    return SeeOther(reverse("moderation:comment_report", args=[comment_id]) + "?sent=1")
