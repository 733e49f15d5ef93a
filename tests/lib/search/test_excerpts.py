"""The shown part of a text: plain pieces, the wanted words marked as they are written."""

from cohes3ion.lib.search.excerpts import SHOWN, Piece, excerpt, marked
from cohes3ion.lib.search.words import wanted_words


def read(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_words_are_marked_as_they_are_written():
    assert read(marked("Małopolska and Łódź", wanted=("malop", "lodz"))) == "[Małopolska] and [Łódź]"
    assert read(marked("Αττική, Straße", wanted=("αττικ", "strass"))) == "[Αττική], [Straße]"
    assert read(marked("re\u0301sume\u0301 of", wanted=("resume",))) == "[re\u0301sume\u0301] of"
    assert read(marked("a unit in Community", wanted=("unit",))) == "a [unit] in Community"
    assert marked("", wanted=("a",)) == []


def test_markup_in_a_text_stays_text():
    pieces = marked("<script>alert(1)</script>", wanted=("alert",))
    assert pieces == [Piece(text="<script>"), Piece(text="alert", is_marked=True), Piece(text="(1)</script>")]


def test_the_part_with_most_of_the_words_is_shown():
    text = "robots " + "filler " * 80 + "where food and robots meet " + "filler " * 80
    shown = read(excerpt(text, wanted=("robot", "food")))
    assert "where [food] and [robots] meet" in shown
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert len(shown) <= SHOWN + 12
    assert read(excerpt("filler " * 80, wanted=("robot",))).startswith("filler filler")
    assert read(excerpt("one\n\n two", wanted=("two",))) == "one [two]"


def test_a_text_without_a_space_is_cut_all_the_same():
    shown = excerpt("x" * 100_000, wanted=wanted_words("x"))
    assert sum(len(piece.text) for piece in shown) <= SHOWN + 4


def test_a_text_of_nothing_but_hits_is_quick_to_read():
    shown = excerpt("ab " * 50_000, wanted=("ab",))
    assert sum(piece.is_marked for piece in shown) == SHOWN // 3
