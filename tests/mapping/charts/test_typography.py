"""Labels are measured before they are drawn."""

from mapping.charts.typography import text_width, widest, wrap

GREEK = "Συντονισμός μεταξύ των επιπέδων διακυβέρνησης"
GERMAN = "Wissenschaftskommunikationsinfrastrukturentwicklung"


def test_width_is_the_sum_of_the_letters():
    # G 750, a 570 and p 620 thousandths: 1940 x 20 / 1000.
    assert text_width("Gap", 20) == 38.8
    assert text_width("Gap", 20, bold=True) == 41.13
    assert text_width("", 20) == 0


def test_accents_take_no_room_of_their_own():
    assert text_width("é", 10) == text_width("e", 10) == text_width("e\u0301", 10)
    assert text_width("Ő", 10) == text_width("O", 10)


def test_unknown_scripts_get_the_room_of_a_square():
    assert text_width("文", 10) == 10


def test_wrapping_keeps_every_word_and_every_line_fits():
    for room in (60, 90, 150, 400):
        lines = wrap(GREEK, 13, room)
        assert widest(lines, 13) <= room
        assert "".join(lines).replace("-", "").replace(" ", "") == GREEK.replace(" ", "")


def test_lines_are_about_equally_long():
    assert wrap("Involvement of stakeholders", 14, 140) == ("Involvement of", "stakeholders")
    assert wrap("one two three four five six", 10, 90) == ("one two three", "four five six")


def test_a_word_wider_than_the_room_is_cut_with_a_hyphen():
    lines = wrap(GERMAN, 14, 120)
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == GERMAN
    assert widest(lines, 14) <= 120


def test_no_text_is_one_empty_line():
    assert wrap("", 14, 100) == ("",)
    assert wrap("   ", 14, 100) == ("",)
