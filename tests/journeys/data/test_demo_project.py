"""The project card and its real document, as in the notes on the case."""

from tests.journeys.data.demo_files import read


def test_the_project_card_is_complete():
    card = read("project")
    assert (card["starts_on"], card["ends_on"]) == ("2019-08-01", "2022-07-31")
    assert (card["budget"]["total_eur"], card["budget"]["eu_contribution_eur"]) == (1874632, 1573380.80)
    assert [partner["country"] for partner in card["partners"]] == [
        *["ES", "ES", "ES", "IE", "IT", "RO", "DE", "SE", "PL", "UK"]
    ]
    assert {output["name"]: output["number"] for output in card["outputs"]} == {
        "Smart Territorial Maps": 8,
        "good practices exchanged": 20,
        "focus areas": 3,
        "policy-learning events": 41,
        "stakeholders (more than)": 240,
        "stakeholder groups": 8,
        "Regional Action Plans": 8,
        "recommendations for mainstreaming": None,
    }
    sizes = {name: len(card[name]) for name in ("semesters", "phases", "visits", "practices", "focus_areas")}
    assert sizes == {"semesters": 6, "phases": 2, "visits": 8, "practices": 13, "focus_areas": 3}


def test_the_policy_learning_document_is_the_real_one():
    document = read("project")["documents"][0]
    assert (document["year"], document["month"], document["pages"]) == (2020, 10, 139)
    assert document["authors"] == ["Ainhoa Arrona", "Miren Estensoro", "Miren Larrea", "James R. Wilson"]
    pages = {chapter["number"]: chapter["page"] for chapter in document["chapters"]}
    assert [pages[number] for number in ("1", "2", "3", "4", "5")] == [2, 4, 9, 12, 24]
    assert [pages[f"A{n}"] for n in range(1, 13)] == [26, 27, 29, 34, 37, 47, 60, 76, 88, 100, 119, 133]
