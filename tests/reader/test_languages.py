"""The interface in the languages of its readers."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from comments.threads.services import CommentRefused, post_comment
from reader.languages import LANGUAGES, compile_catalogues
from reader.related.telling import why_in_words
from reader.times import exact_words, relative_words
from tests.factories import make_article, make_comment, make_section

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
COUNTS = (0, 1, 2, 3, 11, 100)


def visit(client, address, language):
    response = client.get(address, headers={"Accept-Language": language})
    return response, BeautifulSoup(response.content, "html.parser")


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize(
        ("asked", "language", "direction", "invitation"),
        [
            ("es-MX,es;q=0.9", "es", "ltr", "Aún no hay comentarios"),
            ("ar-EG", "ar", "rtl", "لا تعليقات بعد"),
            ("en-US", "en-gb", "ltr", "No comments yet"),
            ("tlh", "en-gb", "ltr", "No comments yet"),
            ("fr, ar;q=0.8, en;q=0.5", "ar", "rtl", "لا تعليقات بعد"),
        ],
    )
    def test_a_page_speaks_what_the_browser_asks_for(
        self, client, asked, language, direction, invitation
    ):
        article = make_article("The ferry is late")

        response, page = visit(client, article.get_absolute_url(), asked)

        assert page.select_one(".invitation__title").text == invitation
        assert (page.html["lang"], page.html["dir"]) == (language, direction)
        assert response["Content-Language"] == language
        assert "Accept-Language" in response["Vary"]
        assert not response.cookies

    def test_who_asks_for_nothing_is_spoken_to_in_english(self, client):
        response = client.get("/")

        assert response["Content-Language"] == "en-gb"
        assert "Accept-Language" in response["Vary"]

    def test_what_the_reader_chose_counts_more_than_what_the_browser_asks(self, client):
        client.post("/display/", {**USUAL, "language": "ar"})

        _, page = visit(client, "/", "es")

        assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
        assert not [name for name in page.html.attrs if name.startswith("data-")]

    def test_the_choice_goes_back_to_the_browser(self, client):
        client.post("/display/", {**USUAL, "language": "ar"})
        client.post("/display/", {**USUAL, "language": "browser"})

        _, page = visit(client, "/", "es")

        assert page.html["lang"] == "es"

    def test_each_language_is_offered_under_its_own_name(self, client):
        _, page = visit(client, "/display/", "es")

        offered = [(o["value"], o.get("lang"), o.text) for o in page.select("option")[1:]]
        assert offered == [(code, code, name) for code, name in LANGUAGES]

    def test_an_article_says_its_own_language_and_direction_in_any_page(self, client):
        english = make_article("The ferry is late", language="en")
        arabic = make_article("العبّارة متأخرة", language="ar")

        _, in_arabic = visit(client, english.get_absolute_url(), "ar")
        _, at_home = visit(client, arabic.get_absolute_url(), "ar")

        assert in_arabic.h1["lang"] == "en"
        assert in_arabic.select_one("article.article")["dir"] == "ltr"
        assert "lang" not in at_home.h1.attrs
        assert "dir" not in at_home.select_one("article.article").attrs

    def test_a_page_that_is_not_there_says_so_in_spanish(self, client):
        response, page = visit(client, "/nowhere/", "es")

        assert response.status_code == 404
        assert page.h1.text == "Esa página no está aquí"

    def test_the_count_of_a_search_follows_the_plurals_of_arabic(self, client):
        for number in range(2):
            make_article(f"Ferry {number}", text="The ferry came in.")

        _, page = visit(client, "/search/?q=ferry", "ar")

        assert page.select_one("#found-head").text.strip() == "مقالان عن \u2068“ferry”\u2069"

    def test_a_feed_speaks_the_language_of_the_site(self, client):
        article = make_article("The ferry is late")
        make_comment(article, guest_name="", guest_key="k", text="Nobody knows.")

        response, _ = visit(client, reverse("threads:thread_feed", args=[article.pk, "json"]), "ar")

        feed = json.loads(response.content)
        assert feed["title"] == "Comments on The ferry is late · Foldline"
        assert feed["items"][0]["authors"] == [{"name": "Guest"}]
        assert "Content-Language" not in response

    def test_the_desk_speaks_spanish_too(self, client):
        _, page = visit(client, "/admin/login/", "es")

        assert page.html["lang"] == "es"
        assert page.select_one("input[type=submit]")["value"] == "Iniciar sesión"

    def test_a_letter_is_written_in_the_language_of_who_signs_up(self, client):
        client.post(
            "/account/signup/",
            {"name": "Marta", "email": "marta@example.org", "password1": "one-two-three-ferry"},
            headers={"Accept-Language": "es"},
        )

        (letter,) = mail.outbox
        assert letter.subject == "Foldline: Confirma tu dirección de correo"
        assert "Marta dio esta dirección al registrarse." in letter.body

    def test_a_refusal_is_worded_for_who_typed(self):
        article = make_article("The ferry is late")

        with translation.override("es"), pytest.raises(CommentRefused) as refused:
            post_comment(article, text=" ")

        assert str(refused.value) == "Escribe antes unas palabras."

    def test_a_page_names_a_country_only_where_its_language_has_one(self, client):
        locales = {}
        for language in ("en", "es", "ar"):
            _, page = visit(client, "/hashtags/", language)
            locale = page.select_one('meta[property="og:locale"]')
            locales[language] = locale and locale["content"]

        assert locales == {"en": "en_GB", "es": None, "ar": None}

    def test_sections_keep_the_names_their_editors_gave_them(self, client):
        section = make_section("Transport")
        make_article("The ferry is late", section=section)

        _, page = visit(client, section.get_absolute_url(), "ar")

        assert page.h1.text == "Transport"


USUAL = {"size": "100", "width": "normal", "spacing": "normal", "face": "serif", "theme": "system"}


def counted(language):
    with translation.override(language):
        return [ngettext("%(n)s comment", "%(n)s comments", n) % {"n": n} for n in COUNTS]


def test_spanish_counts_in_two_forms():
    assert counted("es") == [
        "0 comentarios", "1 comentario", "2 comentarios", "3 comentarios", "11 comentarios",
        "100 comentarios",
    ]  # fmt: skip


def test_arabic_counts_in_six_forms():
    assert counted("ar") == [
        "لا تعليقات", "تعليق واحد", "تعليقان", "3 تعليقات", "11 تعليقًا", "100 تعليق",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("age", "spanish", "arabic"),
    [
        (timedelta(seconds=20), "ahora", "الآن"),
        (timedelta(minutes=1), "hace 1 minuto", "قبل دقيقة"),
        (timedelta(minutes=2), "hace 2 minutos", "قبل دقيقتين"),
        (timedelta(hours=3), "hace 3 horas", "قبل 3 ساعات"),
        (timedelta(hours=11), "hace 11 horas", "قبل 11 ساعة"),
        (timedelta(days=1), "ayer, 14:30", "أمس 14:30"),
        (timedelta(days=2), "21 de noviembre", "21 نوفمبر"),
        (timedelta(days=365), "23 de noviembre de 2025", "23 نوفمبر 2025"),
    ],
)
def test_a_moment_is_told_in_the_words_of_the_language(age, spanish, arabic):
    told = {}
    for language in ("es", "ar"):
        with translation.override(language):
            told[language] = relative_words(NOW - age, now=NOW)

    assert told == {"es": spanish, "ar": arabic}


def test_the_exact_form_follows_the_language():
    with translation.override("es"):
        assert exact_words(NOW) == "lunes, 23 de noviembre de 2026, 14:30 UTC"
    with translation.override("ar"):
        assert exact_words(NOW, is_date=True) == "الاثنين، 23 نوفمبر 2026"


@pytest.mark.parametrize(
    ("stored", "spanish"),
    [
        ("Both mention Quill", "Ambos mencionan Quill"),
        ("Both mention Quill and quay", "Ambos mencionan Quill y quay"),
        ("Both mention Quill, quay and ferry", "Ambos mencionan Quill, quay y ferry"),
        ("", ""),
        ("Something an older release wrote", "Something an older release wrote"),
    ],
)
def test_a_reason_is_told_as_a_sentence_of_the_language(stored, spanish):
    assert why_in_words(stored) == stored

    with translation.override("es"):
        assert why_in_words(stored) == spanish


def test_catalogues_are_compiled_whole_or_not_at_all(tmp_path):
    compile_catalogues(tmp_path)
    first = sorted(tmp_path.rglob("*.mo"))
    compile_catalogues(tmp_path)

    assert [path.parts[-3] for path in first] == ["ar", "es"]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == first


def test_the_repository_holds_no_compiled_catalogue():
    assert not list((settings.BASE_DIR / "reader").rglob("*.mo"))
