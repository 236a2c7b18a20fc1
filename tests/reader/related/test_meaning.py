from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from django.test import TestCase

from reader.related import meaning
from reader.related.meaning import NO_MEANING, SIZE, load_space, meaning_of
from reader.related.models import ArticleTerms, RelatedLink
from reader.related.profiles import METHOD, profile_of
from reader.related.services import relate_all, relate_waiting
from reader.related.similarity import (
    MEANING_FLOOR,
    Corpus,
    likeness,
    meanings_of,
    same_meaning,
    shared_meaning,
)
from reader.related.vicinity import look_around
from tests.factories import make_article
from tests.reader.related.texts import ALONE, BRIDGE, FERRY

# Two sentences about interest rates, one about football, one about a burglary.
SENTENCES = {
    "en": (
        "The central bank raised interest rates by half a point to fight inflation.",
        "Inflation slowed in May, and markets expect the bank to keep rates unchanged.",
        "The striker scored twice as the home team won the cup final on Saturday.",
        "Police arrested three men after a jewellery shop was robbed in the old town.",
    ),
    "es": (
        "El banco central subió los tipos de interés medio punto para frenar la inflación.",
        "La inflación se moderó y los mercados esperan que el banco mantenga los tipos.",
        "El delantero marcó dos goles y el equipo local ganó la final de la copa el sábado.",
        "La policía detuvo a tres hombres tras el robo de una joyería en el casco antiguo.",
    ),
    "fr": (
        "La banque centrale a relevé ses taux d'intérêt d'un demi-point contre l'inflation.",
        "L'inflation a ralenti et les marchés attendent que la banque maintienne ses taux.",
        "L'attaquant a marqué deux buts et l'équipe locale a remporté la finale samedi.",
        "La police a arrêté trois hommes après le vol d'une bijouterie dans la vieille ville.",
    ),
    "de": (
        "Die Zentralbank hat die Leitzinsen erhöht, um die Inflation zu bekämpfen.",
        "Die Inflation ging zurück, und die Märkte erwarten, dass die Bank die Zinsen belässt.",
        "Der Stürmer schoss zwei Tore, und die Heimmannschaft gewann am Samstag das Pokalfinale.",
        "Die Polizei nahm drei Männer fest, nachdem ein Juwelier ausgeraubt worden war.",
    ),
    "zh": (
        "中央银行将利率上调半个百分点以抑制通货膨胀。",
        "五月通货膨胀放缓，市场预计央行将维持利率不变。",
        "前锋梅开二度，主队周六赢得杯赛决赛。",
        "旧城区一家珠宝店遭抢劫后，警方逮捕了三名男子。",
    ),
}


def quiet(sentence):
    pass


def has_space():
    return load_space() is not None


def cosine(a, b):
    return float(a.astype(np.float32) @ b.astype(np.float32))


@pytest.mark.once
@pytest.mark.parametrize("language", SENTENCES)
def test_two_sentences_about_one_thing_point_the_same_way_in_each_language(language):
    if not has_space():
        pytest.skip("skipped: no wheel with vectors for this machine")
    found = [profile_of("", text, language=language).meaning for text in SENTENCES[language]]

    alike = cosine(found[0], found[1])
    others = [cosine(found[a], found[b]) for a, b in combinations(range(4), 2) if (a, b) != (0, 1)]

    assert alike > max(others) + 0.1


@pytest.mark.once
def test_letters_of_a_script_that_is_not_known_word_by_word_say_nothing():
    text = "رفع البنك المركزي أسعار الفائدة نصف نقطة مئوية لمكافحة التضخم"

    assert len(meaning_of(Counter(text.split()))) == 0


@pytest.mark.once
def test_where_no_vectors_are_installed_shared_words_tell_alone(monkeypatch):
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    load_space.cache_clear()
    try:
        profiles = [profile_of(*text) for text in [*FERRY, *ALONE]]
    finally:
        monkeypatch.undo()
        load_space.cache_clear()
    corpus = Corpus(profiles)
    unknown = corpus.norms * float("nan")

    assert all(len(profile.meaning) == 0 for profile in profiles)
    _, best, scores = next(corpus.nearest(unknown, count=5))
    assert set(best[:2]) == {1, 2}
    assert scores[0] == pytest.approx(corpus.cosine(0, int(best[0])))


@pytest.mark.once
def test_meaning_raises_a_score_only_above_what_any_two_articles_have():
    meanings = np.array([-0.3, 0, MEANING_FLOOR, 0.6, 1])

    added = same_meaning(meanings)

    assert added[:3].tolist() == [0, 0, 0]
    assert 0 < added[3] < added[4]


@pytest.mark.once
def test_the_same_words_and_the_same_meaning_on_one_day_score_one():
    one, zero = np.array(1.0), np.array(0.0)

    assert likeness(one, one, zero) == 1
    assert likeness(one, np.array(np.nan), zero) == 1
    assert likeness(zero, zero, zero) == 0


@pytest.mark.once
def test_two_share_no_more_of_a_score_than_their_meaning_brings():
    rows = meanings_of([profile_of(*text) for text in [*FERRY, ("", "")]])

    shared = shared_meaning(rows)

    assert (shared[:, -1] == 0).all()
    assert (shared <= likeness(np.array(0.0), np.array(1.0), np.array(0.0)) + 1e-3).all()


class StoredTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.made = [make_article(title, text=text) for title, text in [*FERRY, *BRIDGE, *ALONE]]

    def test_one_article_by_itself_gets_the_scores_of_a_pass(self):
        relate_all(say=quiet)
        row = ArticleTerms.objects.with_facts().get(pk=self.made[0].pk)

        alone = {entry.article: entry.score for entry in look_around(row).chosen(10)}

        stored = RelatedLink.objects.automatic().filter(article=self.made[0].pk)
        self.assertEqual(set(alone), {link.other_id for link in stored})
        for link in stored:
            self.assertAlmostEqual(alone[link.other_id], link.score, places=3)

    def test_meaning_is_stored_as_it_was_worked_out(self):
        relate_all(say=quiet)

        stored = bytes(ArticleTerms.objects.get(pk=self.made[0].pk).meaning)

        self.assertEqual(len(stored), 2 * SIZE if has_space() else 0)

    def test_what_an_older_method_read_still_has_a_list_and_is_read_again(self):
        relate_all(say=quiet)
        rows = ArticleTerms.objects.filter(pk=self.made[0].pk)
        rows.update(method=METHOD - 1, meaning=b"")
        row = ArticleTerms.objects.with_facts().get(pk=self.made[0].pk)
        self.assertEqual(look_around(row).item.profile.meaning.tolist(), NO_MEANING.tolist())
        self.assertIn(look_around(row).chosen(1)[0].article, [article.pk for article in self.made])

        self.assertEqual(relate_waiting(say=quiet), 1)

        self.assertEqual(rows.get().method, METHOD)
