from journeys.matching.empty_words import empty_words


def test_every_language_with_concepts_has_a_list():
    assert [min(20, len(empty_words(code))) for code in ("en", "es", "de", "pl", "it", "ro", "sv")] == [
        20
    ] * 7
    # Folded, as the words of texts are.
    assert {"wiecej", "poniewaz"} <= empty_words("pl")


def test_a_language_without_a_list_has_none():
    assert empty_words("et") == empty_words("") == frozenset()
