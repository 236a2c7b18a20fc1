"""Threads: reading on, posting, answering."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget

from comments.threads.answers import answer_form, answer_part, place_of, swaps
from comments.threads.arrivals import ARRIVAL
from comments.threads.drawing import draw_chain, draw_thread
from comments.threads.forms import CommentForm
from comments.threads.guests import guest_key_of, guest_named, remember_guest, viewer_of
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.quoting import quotation_of
from comments.threads.reading import FOUND, QUESTIONS, load_permalink, load_replies
from comments.threads.section import (
    FIRST_SORT,
    first_pk,
    more_replies_url,
    thread_section,
    writing_context,
)
from comments.threads.senders import sender_of
from comments.threads.services import CommentRefused, post_comment, preview_comment
from comments.threads.tree import SORTS
from comments.threads.views.places import find_place, read_on, still_there
from reader.articles.models import Article
from reader.http import SeeOther, render_page_or_part, wants_part

# With the number of comments there are now.
COMMENT_POSTED = ngettext_lazy(
    "Your comment is posted. %(n)d comment now.", "Your comment is posted. %(n)d comments now.", "n"
)
REPLY_POSTED = ngettext_lazy(
    "Your reply is posted. %(n)d comment now.", "Your reply is posted. %(n)d comments now.", "n"
)


@require_http_methods(["GET", "HEAD", "POST"])
@still_there()
def article_comments(request, article_id):
    """Show the thread by itself, or what follows a cursor; on POST publish a comment or a reply."""
    article = get_object_or_404(Article.objects.visible().for_page(), pk=article_id)
    if request.method == "POST":
        return _post(request, article)
    asked = {
        "sort": _sort_of(request.GET),
        "only": _only_of(request.GET),
        "since": _since_of(request.GET),
    }
    after = request.GET.get("after")
    with read_on():
        section = thread_section(request, article, **asked, after=after)
    thread, part = section["thread"], "threads/_thread.html"
    if thread.only in QUESTIONS and thread.mode != Thread.Mode.QUESTIONS:
        raise Http404("Nothing is asked here.")
    if after and wants_part(request):
        section["focus_pk"] = first_pk(section["entries"])
        if not section["more_target"]:
            part = "threads/_entries.html"
    if request.htmx.trigger == "pill":
        # It goes with the section it stands in, and its focus with it.
        section["focus_pk"] = first_pk(section["entries"])
        section["focus_title"] = section["focus_pk"] is None
    return render_page_or_part(request, "threads/article_comments.html", part, section)


@require_http_methods(["GET", "HEAD"])
@still_there()
def comment_reply(request, comment_id):
    """Offer the reply form on a page of its own or in place; it posts to the thread like others."""
    place = find_place(request, comment_id)
    context = {
        **writing_context(request, place.article),
        "parent": place.branch.comment,
        "sort": _sort_to_keep(request.GET),
        "quotation": _quotation(place) if "quote" in request.GET else "",
    }
    return render_page_or_part(
        request, "threads/comment_reply.html", "threads/_comment_reply.html", context
    )


@require_safe
@still_there()
def comment_replies(request, comment_id):
    """Show the replies to a comment that its thread left out."""
    place = find_place(request, comment_id)
    parent = place.branch.comment
    with read_on():
        page = load_replies(
            parent,
            sort=_sort_of(request.GET),
            after=request.GET.get("after"),
            viewer=viewer_of(request),
            guest_key=guest_key_of(request),
        )
    entries = draw_thread(page.branches)
    context = {
        **writing_context(request, place.article),
        "comment": parent,
        "sort": page.sort,
        "entries": entries,
        "more_url": more_replies_url(parent, page),
        "more_words": gettext("More replies"),
    }
    if wants_part(request):
        context["focus_pk"] = first_pk(entries)
    else:
        place.branch.replies = page.branches
        place.branch.more_count = 0
        context |= {
            "entries": draw_chain(place.ancestors, place.branch),
            "here_pk": parent.pk,
        }
    return render_page_or_part(
        request, "threads/comment_detail.html", "threads/_entries.html", context
    )


def _quotation(place):
    """Quote what the reply is to, for those who can select nothing with a script."""
    comment = place.branch.comment
    if comment.is_placeholder:
        return ""
    typed = Comment.objects.for_action().get(pk=comment.pk).body_src
    return quotation_of(typed, comment.author_label, comment.pk)


def _sort_of(query):
    sort = query.get("sort", FIRST_SORT)
    if sort not in SORTS:
        raise Http404("There is no such order.")
    return sort


def _only_of(query):
    only = query.get("only", "")
    if only and only not in FOUND and only not in QUESTIONS:
        raise Http404("There is no such filter.")
    return only


def _since_of(query):
    since = query.get("since", "")
    if query.get("only") != "new" or not since:
        return None
    if not ARRIVAL.fullmatch(since):
        raise Http404("That is no number of an arrival.")
    return int(since)


def _sort_to_keep(said):
    """The order the form stands in; what it says must not cost anybody their words."""
    sort = said.get("sort", FIRST_SORT)
    return sort if sort in SORTS else FIRST_SORT


def _post(request, article):
    person = viewer_of(request)
    form = CommentForm(request.POST, article=article, person=person)
    guest = None if person else guest_named(request, request.POST.get("name", "").strip())
    if form.is_valid():
        words = {
            "text": form.cleaned_data["text"],
            "parent": form.cleaned_data["parent"],
            "author": person,
            "guest_name": guest.name if guest else "",
            "guest_key": guest.key if guest else "",
            "sender": sender_of(request, name=guest.name) if guest else None,
        }
        try:
            if "preview" in request.POST:
                preview = preview_comment(article, **words)
                return _give_back(request, article, form, preview=preview)
            posted = post_comment(article, **words)
        except CommentRefused as refusal:
            form.refuse(refusal)
        else:
            writer = Writer(person, guest.key if guest else None)
            is_theirs = writer.wrote(posted.comment)
            response = _answer_posted(request, article, posted, guest, is_theirs=is_theirs)
            # The first of two equal posts has set the cookie; its key is the comment's.
            if guest and is_theirs:
                remember_guest(request, response, guest)
            return response
    return _give_back(request, article, form)


def _answer_posted(request, article, posted, guest, *, is_theirs):
    """
    Show where the words stand.

    When they had just come from a browser that might be the same, this one has no key to them: it
    is shown what everybody sees, and not what waits for a moderator.
    """
    comment = posted.comment
    is_seen = is_theirs or comment.is_published
    if not swaps(request, "comments"):
        if not is_seen:
            return SeeOther(f"{article.get_absolute_url()}#comments")
        return SeeOther(place_of(request, comment.pk, article, guest))
    # A form that outlived what it answers has nothing beside it to put the reply below.
    stands_below = comment.parent_id and "apart" not in request.POST
    if stands_below and posted.is_new and is_theirs:
        return _answer_reply(request, article, comment, guest)
    section = thread_section(
        request,
        article,
        sort=_sort_to_keep(request.POST),
        guest=guest,
        posted=comment if is_seen else None,
    )
    if is_seen:
        section["say"] = _posted_words(comment, section["thread"].count)
    else:
        section["say"] = gettext("Your comment waits for a moderator.")
        section["focus_title"] = True
    return answer_part(request, "threads/_thread.html", section)


def _answer_reply(request, article, comment, guest):
    """Put a reply below what it answers; the reader may have paged on, and all that stays."""
    key = guest.key if guest else ""
    link = load_permalink(comment.pk, viewer=viewer_of(request), guest_key=key)
    article.refresh_from_db(fields=["comment_count"])
    context = {
        **writing_context(request, article, guest),
        "parent": link.ancestors[-1],
        "entries": draw_thread([link.branch]),
        "sort": _sort_to_keep(request.POST),
        "count": article.comment_count,
        "new_pk": comment.pk,
        # Whoever asks for more replies gets it again, where it belongs.
        "extra_pk": comment.pk,
        "say": _posted_words(comment, article.comment_count),
    }
    response = answer_part(request, "threads/_reply_posted.html", context)
    return reswap(retarget(response, f"#comment-{comment.parent_id}"), "afterend")


def _posted_words(comment, count):
    if not comment.is_published:
        return gettext("Your comment waits for a moderator. Only you can see it until then.")
    return (REPLY_POSTED if comment.parent_id else COMMENT_POSTED) % {"n": count}


def _give_back(request, article, form, *, preview=""):
    """
    Return the words with what is amiss, or with how they will look.

    Only the form to htmx, else the page it stands on.
    """
    parent = _parent_of(request, form)
    context = {
        **writing_context(request, article),
        "form": form,
        "parent": parent,
        "preview_html": preview,
    }
    page = "threads/comment_reply.html"
    if wants_part(request):
        # The form stays what it was, though what it answers may be gone.
        context["asks"] = Thread.objects.mode_of(article.pk) == Thread.Mode.QUESTIONS
        context["parent"] = parent or ({"pk": form.key} if form.key != "new" else None)
    elif parent:
        context["own_page"] = True
    else:
        page = "threads/article_comments.html"
        context |= thread_section(request, article)
    response = answer_form(
        request,
        page,
        "threads/_comment_form.html",
        context,
        error=form.first_error,
        root=f"form-{form.key}",
        again=bool(preview),
    )
    if form.refusal and form.refusal.retry_after:
        response["Retry-After"] = str(form.refusal.retry_after)
    return response


def _parent_of(request, form):
    if form.key == "new":
        return None
    try:
        return load_permalink(
            int(form.key), viewer=viewer_of(request), guest_key=guest_key_of(request)
        ).branch.comment
    except Comment.DoesNotExist:
        return None
