"""Keys from before letters such as Ǽ were folded to the end."""

from importlib import import_module

import pytest
from django.apps import apps

from reader.hashtags.finding import find_any_hashtag
from reader.hashtags.models import Hashtag
from reader.hashtags.services import tag_article
from tests.factories import make_article


@pytest.mark.django_db
def test_a_hashtag_with_half_of_a_letter_in_its_key_is_found_after_the_upgrade():
    article = make_article()
    for name, key in (("Ǽsir", "æsir"), ("Tǿnder", "tønder"), ("Ferry", "ferry"), ("Møn", "møn")):
        hashtag = tag_article(article, name=name, by=None).hashtag
        Hashtag.objects.filter(pk=hashtag.pk).update(slug=key)
    tag_article(article, name="Mon", by=None)

    for _ in range(2):
        import_module("reader.hashtags.migrations.0005_folded").fold_what_was_left(apps, None)

    slugs = set(Hashtag.objects.values_list("slug", flat=True))
    assert slugs == {"aesir", "tonder", "ferry", "mon", "møn"}
    assert find_any_hashtag("ǼSIR").name == "Ǽsir"
