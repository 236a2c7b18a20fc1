"""What a reader has read."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from comments.threads.answers import answer_part, swaps
from comments.threads.forms import ReadForm
from comments.threads.section import thread_section
from comments.threads.services import mark_read
from reader.articles.models import Article
from reader.http import SeeOther


@require_POST
def comments_read(request, article_id):
    """Take everything that the page showed as new for read."""
    article = get_object_or_404(Article.objects.visible().for_page(), pk=article_id)
    if not request.user.is_authenticated:
        return redirect_to_login(f"{article.get_absolute_url()}#comments")
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Up to which comment?")
    mark_read(article, reader=request.user, up_to=form.cleaned_data["up_to"])
    if not swaps(request, "comments"):
        return SeeOther(reverse("threads:article_comments", args=[article.pk]) + "#comments")
    section = thread_section(request, article)
    section |= {"focus_title": True, "say": gettext("All comments are marked as read.")}
    return answer_part(request, "threads/_thread.html", section)
