"""Which sections the masthead shows."""

from django.test import TestCase

from reader.articles.models import Section
from reader.articles.services import section_named
from tests.factories import make_article, make_section


class MastheadTests(TestCase):
    def names(self, count=3):
        return [section.name for section in Section.objects.for_masthead(count)]

    def test_the_busiest_of_late_come_first_when_no_editor_gave_a_place(self):
        quiet, busy, empty = (make_section(name) for name in ("Quiet", "Busy", "Empty"))
        make_article(section=quiet)
        make_article(section=busy)
        make_article(section=busy)
        make_article(section=empty, status="draft")

        assert self.names(2) == ["Busy", "Quiet"]

    def test_an_editors_order_comes_before_all_that(self):
        busy, second, first = (make_section(name) for name in ("Busy", "Second", "First"))
        make_article(section=busy)
        Section.objects.filter(pk=first.pk).update(place=1)
        Section.objects.filter(pk=second.pk).update(place=2)

        assert self.names() == ["First", "Second", "Busy"]

    def test_it_costs_two_queries_whatever_the_number_of_sections(self):
        for _ in range(6):
            make_article(section=make_section())

        with self.assertNumQueries(2):
            self.names()


class SectionNameTests(TestCase):
    def test_a_name_from_an_address_is_written_as_words(self):
        assert section_named("white_house").name == "White house"
        assert section_named("White House") == section_named("white_house")
