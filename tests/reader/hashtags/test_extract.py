"""What a text is about, in a few hashtags: in texts written for these tests."""

import pytest

from reader.hashtags.extract import SHOWN_MOST, choose, ranked
from reader.hashtags.extract.reading import as_in_text

pytestmark = pytest.mark.once

FERRIES = """
PORT ALDER (Harbour Wire) - Ferry crews in Port Alder walked out on Monday over pay, the first
strike on the island routes in eleven years.

The Coastal Workers Union said the walkout would last until Friday. Union leader Marta Quill
told reporters that Northline Ferries had offered "nothing new". "We asked for a living wage,"
Quill said.

Northline's chief executive, Jonas Weir, called the strike "reckless". Weir said Northline had
lost passengers to the new bridge. The U.S. company owns the routes since 2019, and American
investors want their money back.

Prime Minister Ada Holm urged both sides to talk. Holm will visit Port Alder on Thursday. Quill
and Weir have not met since March. In Port Alder, island residents stocked up on food. The
island hospital said that its island residents were safe.
"""


def names(suggestions):
    return [one.name for one in suggestions]


def read(text, title="", **more):
    return names(choose(ranked(title=title, text=text, language="en", **more)))


def test_people_places_and_bodies_come_from_the_text():
    found = read(FERRIES, "Ferry crews strike in Port Alder")

    assert found[0] == "PortAlder"
    assert {"MartaQuill", "JonasWeir", "Northline"} <= set(found)
    assert 3 <= len(found) <= SHOWN_MOST


def test_a_surname_counts_for_the_person_and_stands_by_itself_nowhere():
    everything = names(ranked(title="", text=FERRIES, language="en"))

    assert "AdaHolm" in everything
    assert not {"Quill", "Weir", "Holm", "Marta"} & set(everything)


def test_titles_days_agencies_and_beginnings_of_sentences_are_no_names():
    everything = names(ranked(title="", text=FERRIES, language="en"))

    assert not {"PrimeMinister", "Monday", "Thursday", "March", "In", "Union", "HarbourWire"} & set(
        everything
    )


def test_names_keep_what_belongs_to_them_and_no_more():
    text = (
        "Secretary of State Jane Doe met Kim Min-ho at the Museum of Unfinished Things. The "
        "Secretary of State said that Doe and Kim Min-ho agreed about World War II. The Museum of "
        "Unfinished Things opened after World War II. (Ada Lens/Getty Images) (AP Photo/Bo Lens) "
        "Senator Doe (R-Ky.) had no comment."
    )

    everything = names(ranked(title="", text=text, language="en"))

    assert set(everything) == {"JaneDoe", "KimMinHo", "MuseumOfUnfinishedThings", "WorldWarII"}


def test_one_country_has_one_hashtag_however_it_is_called():
    text = (
        "The U.S. and Russian delegations met in Oslo. The United States asked for more time. "
        "Russia's minister said that the US was late. American officials and the Russians agreed."
    )

    found = read(text, "US and Russia meet in Oslo")

    assert set(found) == {"US", "Russia", "Oslo"}


def test_a_phrase_that_comes_again_is_a_hashtag_in_one_spelling():
    text = (
        "A carbon tax passed on Tuesday. The carbon tax will start small. Carbon taxes have failed "
        "before, but this carbon tax has friends in both parties."
    )

    assert "CarbonTax" in read(text, "Parliament passes a carbon tax")


def test_keywords_of_the_publisher_come_first_in_the_text_s_own_spelling():
    text = "The FBI said on Monday that it had closed the case. The FBI had no comment."

    found = read(text, "Case closed", keywords=["fbi", "general news", "supreme court", "", 7])

    assert found[:2] == ["FBI", "SupremeCourt"]
    assert "GeneralNews" not in found
    assert len(found) == len({name.lower() for name in found})


def test_a_keyword_s_own_words_are_not_repeated():
    text = (
        "The Hollin rose. Boats left the Hollin at dusk. Nobody swims in the Hollin in winter. " * 2
    )

    assert read(text, "The Hollin rises", keywords=["river Hollin"]) == ["RiverHollin"]


def test_a_publisher_that_speaks_of_itself_is_not_the_subject():
    text = "Nora Vale told the Tidal Post that she was done. The Tidal Post asked Vale twice. " * 2

    assert "TidalPost" not in read(text, "Nora Vale leaves", publisher="Tidal Post")
    assert "TidalPost" in read(text, "Nora Vale leaves", publisher="Another Paper")


def test_the_same_text_gives_the_same_answer():
    first = ranked(title="Ferry crews strike", text=FERRIES, language="en")

    assert ranked(title="Ferry crews strike", text=FERRIES, language="en") == first
    assert ranked(title="Ferry crews strike", text=FERRIES, language="") == first


@pytest.mark.parametrize(
    ("language", "title", "text", "wanted"),
    [
        (
            "es",
            "El Banco de Altamar sube los tipos",
            "El Banco de Altamar anunció ayer una subida. El gobernador, Pablo Ruiz Casado, "
            "explicó en Puerto Lindo que los precios suben. Según Ruiz Casado, el Banco de "
            "Altamar no tiene otra salida. En Puerto Lindo nadie aplaudió.",
            {"BancoDeAltamar", "PabloRuizCasado", "PuertoLindo"},
        ),
        (
            "fr",
            "La grève s'étend à Port-Clair",
            "Les marins de la compagnie Nord Atlantique ont voté mardi la grève. L'élue Jeanne "
            "Aubert parle d'une hausse des salaires. Selon Jeanne Aubert, la Nord Atlantique "
            "refuse tout. Le maire de Port-Clair appelle au calme.",
            {"JeanneAubert", "NordAtlantique", "PortClair"},
        ),
        (
            "de",
            "Streik legt die Nordbahn lahm",
            "Die Lokführer der Nordbahn streiken seit Dienstag. Die Vorsitzende Petra "
            "Kleinschmidt sagte in Hafenstadt, der Streik werde dauern. Kleinschmidt nannte das "
            "Angebot der Nordbahn zu niedrig. In Hafenstadt steht alles still, sagte die "
            "Nordbahn.",
            {"PetraKleinschmidt", "Nordbahn"},
        ),
        (
            "ar",
            "إضراب عمال الموانئ في مدينة المرسى",
            "أعلن عمال الموانئ إضرابا عن العمل. وقال رئيس نقابة عمال الموانئ إن الإضراب سيستمر "
            "ثلاثة أيام. وأضاف أن هيئة الموانئ رفضت زيادة الأجور. ودعت هيئة الموانئ إلى الحوار.",
            {"عمال_الموانئ"},
        ),
        (
            "zh",
            "青河市地铁三号线延期开通",
            "青河市交通局周一宣布，地铁三号线的开通时间将推迟到明年。交通局局长李明远说，信号系统的测试还没有完成。地铁三号线全长二十八公里，连接青河市中心和新机场。"
            "李明远表示，信号系统由两家公司提供。",
            {"地铁三号线", "李明远", "信号系统"},
        ),
        (
            "ja",
            "地下鉄三号線の開業が延期",
            "青山市は月曜日、地下鉄三号線の開業を延期すると発表した。信号システムの試験が終わっていない。地下鉄三号線は空港と中心部を結ぶ。信号システムの試験は続く。",
            {"地下鉄三号線", "信号システム"},
        ),
    ],
)
def test_other_languages_give_names_and_no_rubbish(language, title, text, wanted):
    found = names(choose(ranked(title=title, text=text, language=language)))

    assert wanted <= set(found)
    assert len(found) <= len(wanted) + 3
    assert found == names(choose(ranked(title=title, text=text, language="")))


def test_a_language_whose_names_change_their_form_gives_only_the_keywords():
    text = "Работники порта в Одессе начали забастовку. Мэр Иван Петренко был в Одессе."

    assert names(ranked(title="", text=text, language="uk", keywords=["Одеса"])) == ["Одеса"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "…", "A", "\n\n\n", "<script>alert(1)</script>", "A" * 9000, "Ab " * 4000,
     "的" * 5000,
     "ال " * 3000, "\u202e\u0000", "U.S. " * 2000, "#" * 999, "Von der " * 900],
)  # fmt: skip
def test_any_text_is_read_without_an_error(text):
    for language in ("", "en", "de", "zh", "ar", "ja", "x-klingon"):
        for one in ranked(title=text[:200], text=text, keywords=[text], language=language):
            assert 0 <= one.score <= 1
            assert one.slug


def test_a_subject_has_its_usual_name_whatever_the_text_calls_it():
    text = (
        "Parliament debated gun laws for a week. Gun laws, said Ada Holm, save lives. Her gun law "
        "would limit firearms. Bo Quill wants other gun laws."
    )

    assert "GunControl" in read(text, "Parliament debates gun laws")


def test_a_word_inside_a_name_is_no_subject():
    text = (
        "Kenneth Job read the Daily Drug at the Museum of Odd Things. Kenneth Job had no comment."
    )

    everything = names(ranked(title="", text=text, language="en"))

    assert not {"jobs", "drugs", "museums"} & set(everything)


def test_a_body_s_initials_and_its_name_are_one():
    text = (
        "The Island Energy Market Operator (IEMO) warned of shortages. IEMO said so twice. The "
        "warning by IEMO came late, said the Island Energy Market Operator."
    )

    assert names(ranked(title="", text=text, language="en"))[0] == "IEMO"


@pytest.mark.parametrize(
    ("text", "person", "others"),
    [
        ("Ole Bern Vik sued. Ole Vik lost. Vik and Ole Vik left.", "OleVik", {"OleBernVik", "Vik"}),
        ("Queen Ada II spoke. Then Queen Ada left, and Ada.", "QueenAdaII", {"QueenAda", "Ada"}),
        ("He met Kim Min-ho. Then Kim left, and Kim slept.", "KimMinHo", {"Kim"}),
        ("He met Trump. Then Trump left, and Trump slept.", "DonaldTrump", {"Trump"}),
        ("He met Jane May. In May, May left, and so did May's son.", "JaneMay", {"May"}),
    ],
)  # fmt: skip
def test_a_person_has_one_hashtag(text, person, others):
    everything = names(ranked(title="", text=text, language="en"))

    assert person in everything
    assert others.isdisjoint(everything)


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Island Council Bans Plastic Bags", "Island Council bans plastic bags"),
        ("PLASTIC BAGS BANNED", "plastic bags banned"),
        ("Bags: island bans Plastic", "bags: island bans plastic"),
    ],
)
def test_a_headline_is_read_as_the_text_writes_its_words(title, read_as):
    text = (
        "The Island Council said that it bans bags of plastic. On the island, bags will be banned."
    )

    assert as_in_text(title, text) == read_as
