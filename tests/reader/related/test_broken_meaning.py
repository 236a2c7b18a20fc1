"""A damaged package of vectors costs what words mean, never an article."""

import logging
import sys

import pytest

from reader.related.meaning import PIECES, SIZE, VECTORS, load_space
from reader.related.models import ArticleTerms, RelatedLink, TermFrequency
from reader.related.profiles import profile_of
from reader.related.services import relate_all, relate_articles
from tests.factories import make_article
from tests.reader.related.texts import FERRY

LOG = "reader.related.meaning"
# The head of a file of vectors: how long its description is, and the description, cut off.
CUT_OFF = (200).to_bytes(8, "little") + b'{"embedding.weight":{"dtype":"F32","shape":[32000,256],'
ONE_PIECE = (
    '{"version": "1.0", "model": {"type": "WordLevel", "unk_token": "<unk>", '
    '"vocab": {"news": %d, "<unk>": 0}}}'
)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Make a package that is found instead of what is installed, if anything is."""
    for file in (VECTORS, PIECES):
        (tmp_path / "wordllama" / file).parent.mkdir(parents=True)
    (tmp_path / "wordllama" / "__init__.py").touch()
    for name in [name for name in sys.modules if name.split(".")[0] in ("wordllama",)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    load_space.cache_clear()
    yield tmp_path / "wordllama"
    load_space.cache_clear()


def put_vectors(package, *, rows, size=SIZE, number=0.5):
    numpy = pytest.importorskip("numpy")
    save_file = pytest.importorskip("safetensors.numpy").save_file
    save_file({"weight": numpy.full((rows, size), number, "float32")}, package / VECTORS)


def cut_off_vectors(package):
    (package / VECTORS).write_bytes(CUT_OFF)


def no_vectors_at_all(package):
    (package / PIECES).write_text(ONE_PIECE % 1)


def cut_off_pieces(package):
    put_vectors(package, rows=2)
    (package / PIECES).write_text(ONE_PIECE[:40])


def more_pieces_than_vectors(package):
    put_vectors(package, rows=2)
    (package / PIECES).write_text(ONE_PIECE % 700)


def vectors_of_another_size(package):
    put_vectors(package, rows=2, size=64)
    (package / PIECES).write_text(ONE_PIECE % 1)


def vectors_that_are_no_numbers(package):
    put_vectors(package, rows=2, number=float("nan"))
    (package / PIECES).write_text(ONE_PIECE % 1)


DAMAGES = [
    cut_off_vectors,
    no_vectors_at_all,
    cut_off_pieces,
    more_pieces_than_vectors,
    vectors_of_another_size,
    vectors_that_are_no_numbers,
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.django_db
def test_with_a_broken_file_articles_are_related_by_shared_words_alone(package, damage, caplog):
    damage(package)

    with caplog.at_level(logging.WARNING, LOG):
        made = [make_article(title, text=text) for title, text in FERRY]
        relate_articles([article.pk for article in made])

    assert RelatedLink.objects.automatic().count() == len(made) * (len(made) - 1)
    assert {bytes(row.meaning) for row in ArticleTerms.objects.all()} == {b""}
    warnings = [record for record in caplog.records if record.name == LOG]
    assert len(warnings) == 1
    assert "shared words alone" in warnings[0].getMessage()


@pytest.mark.django_db
def test_once_mended_a_pass_over_all_gives_texts_their_meaning_back(package):
    cut_off_vectors(package)
    article = make_article("Ferry late again", text="The ferry came late to the quay. " * 5)
    relate_all(say=lambda _: None)
    assert bytes(ArticleTerms.objects.get(pk=article.pk).meaning) == b""

    put_vectors(package, rows=600)
    (package / PIECES).write_text(ONE_PIECE.replace("news", "ferry") % 500)
    load_space.cache_clear()
    relate_all(say=lambda _: None, anew=True)

    row = ArticleTerms.objects.get(pk=article.pk)
    assert len(row.meaning) == SIZE * 2
    assert not TermFrequency.objects.filter(articles__gt=1).exists()


@pytest.mark.parametrize("library", ["safetensors", "tokenizers"])
def test_with_a_library_that_cannot_be_imported_words_alone_tell(
    package, library, monkeypatch, caplog
):
    put_vectors(package, rows=2)
    (package / PIECES).write_text(ONE_PIECE % 1)
    broken = package.parent / library
    broken.mkdir()
    (broken / "__init__.py").write_text("raise RuntimeError('compiled for another machine')")
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)

    with caplog.at_level(logging.WARNING, LOG):
        profiles = [profile_of(*text) for text in FERRY]

    assert all(len(profile.meaning) == 0 for profile in profiles)
    assert [record.name for record in caplog.records].count(LOG) == 1
    assert "compiled for another machine" in caplog.text


def test_files_that_are_whole_are_read(package):
    put_vectors(package, rows=2)
    (package / PIECES).write_text(ONE_PIECE % 1)

    assert load_space() is not None
