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


def test_whoever_tries_it_as_regional_lead_finds_an_offer_of_the_ruhr_for_an_area_of_improvement():
    items, rows = read_demo("posts")["posts"], postings()
    [key] = [n for n, item in enumerate(items) if item.get("owner") == "regional_lead"]
    index = MatchIndex(postings=rows, vocabulary=load_vocabulary())
    best = next(fit for fit in index.best() if fit.need == key)
    assert (items[key]["region"], items[key]["area"], rows[key].language) == (
        *("north-west-romania", "E6", "ro"),
    )
    assert (items[best.offer]["region"], items[best.offer]["capability"], rows[best.offer].language) == (
        *("ruhr-metropolis", "Resource efficiency", "de"),
    )
    told = reasons_of(rows[key], rows[best.offer], vocabulary=load_vocabulary(), parts=best.parts)
    found = {row.key: (row.need_words, row.offer_words) for row in told.concepts}
    assert found["nace:E37"] == (("uzate", "canalizare"), ("Abwasserwärme", "Abwasser"))
    # The museum's offer is about something else.
    assert [fit.offer for fit in index.best() if fit.need == key] == [best.offer]


def test_everything_is_drafted_from_a_region_and_said_to_be_invented():
    items = read_demo("posts")["posts"]
    assert [bool(item.get("area") or item.get("capability") or item.get("owner")) for item in items] == [
        True
    ] * 5
    marks = ("wymyślony", "inventado", "erfunden", "inventată", "inventata")
    assert [any(mark in item["organisation"] for mark in marks) for item in items] == [True] * 5
