"""Words as they are compared."""

import pytest

from cohes3ion.lib.search.words import LONGEST, MOST, kept_words, search_text, wanted_words, words_of


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Małopolskie", "malopolskie"),
        ("ŁÓDŹ", "lodz"),
        ("Østfold, İstanbul", "ostfold, istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("Αττική", "αττικη"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Straße", "strasse"),
        ("Großräume", "grossraume"),
        ("Iași, Țara", "iasi, tara"),
        ("Ðe Þing, Gozo Għawdex", "de thing, gozo ghawdex"),
        ("résumé", "resume"),
        ("R&D 4.0", "r&d 4.0"),
        ("ﬁbre ℌ ²", "fibre h 2"),
    ],
)
def test_case_and_accents_do_not_matter(typed, plain):
    assert search_text(typed) == plain
    assert search_text(search_text(typed)) == plain


def test_every_other_sign_parts_words():
    assert words_of("l'eau; R&D_lab\x00x (S3-strategy)") == [
        "l",
        "eau",
        "r",
        "d",
        "lab",
        "x",
        "s3",
        "strategy",
    ]
    assert wanted_words("agro AGRO food") == ("agro", "food")
    assert wanted_words(" & | ! : * ' \" \\ ( ) - \x00 ") == ()


def test_what_is_kept_of_a_text_has_an_end():
    assert kept_words("b a", "a") == " a b "
    assert kept_words("") == "  "
    assert words_of("x" * 500) == ["x" * LONGEST]
    kept = kept_words(" ".join(f"w{number}" for number in range(100_000)))
    assert len(kept) <= MOST + 2
    assert kept.startswith(" w0 w1 w10 ")
    assert kept.endswith(" ")
