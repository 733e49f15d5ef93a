"""The needs and offers of the demonstration: invented, and found across languages."""

from journeys.matching.ranking import MatchIndex, Posting
from journeys.matching.reasons import reasons_of
from journeys.selectors.concepts import load_vocabulary
from journeys.services.demo_content import read_demo


def postings():
    names = ("kind", "organisation", "region", "language", "stage", "maturity")
    return [
        Posting(
            key=key,
            country="",
            text=f"{item['title']}\n{item['text']}",
            codes=tuple(sorted(item["codes"])),
            **{name: item[name] for name in names},
        )
        for key, item in enumerate(read_demo("posts")["posts"])
    ]


def test_a_need_of_mazovia_finds_an_offer_of_the_basque_country_with_a_reason():
    rows = postings()
    index = MatchIndex(postings=rows, vocabulary=load_vocabulary())
    fits = [fit for fit in index.best() if fit.need == 0]
    need, offer = rows[fits[0].need], rows[fits[0].offer]
    assert [(row.region, row.language) for row in (need, offer)] == [
        ("mazovia", "pl"),
        ("basque-country", "es"),
    ]
    told = reasons_of(need, offer, vocabulary=load_vocabulary(), parts=fits[0].parts)
    found = {row.key: (row.need_words, row.offer_words) for row in told.concepts}
    assert found["nace:N71"] == (
        ("laboratorium", "badania", "badań"),
        ("Laboratorio", "ensayos", "Ensayamos"),
    )


def test_everything_is_drafted_from_a_region_and_said_to_be_invented():
    items = read_demo("posts")["posts"]
    assert [bool(item.get("area") or item.get("capability") or item.get("owner")) for item in items] == [
        True
    ] * 5
    marks = ("wymyślony", "inventado", "erfunden", "inventată", "inventata")
    assert [any(mark in item["organisation"] for mark in marks) for item in items] == [True] * 5
