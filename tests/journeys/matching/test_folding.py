from journeys.matching.folding import fold, spelled, stem, tokens


def test_accents_and_case_do_not_matter():
    assert fold("Ścieki Straße ÅNGA") == "scieki strasse anga"
    assert tokens("Ścieki, 2 MW!") == ["scieki", "2", "mw"]


def test_words_meet_by_their_beginning():
    assert (stem("oczyszczalnia"), stem("oczyszczania")) == ("oczysz", "oczysz")
    # Short words and numbers are no reason for a match.
    assert (stem("woda"), stem("las"), stem("2030")) == ("woda", "", "")


def test_words_are_shown_as_they_were_typed():
    assert spelled("Ścieki i ścieki") == {"scieki": "Ścieki", "i": "i"}
    # A letter and its accent may be two signs.
    assert spelled("e\u0301t\u00e9") == {"ete": "\u00e9t\u00e9"}
