"""Text files in the letters that people have; what would be nonsense is refused."""

import pytest

from cohes3ion.lib.decoding import Unreadable, decoded

# As they stand on the lists of regions and projects; and words without a plain letter, rare as they are.
CENTRAL_EUROPEAN = [
    "Łódzkie",
    "Świętokrzyskie;Śląskie;Żółć",
    "Żółć",
    "šíří",
    "žížaly;Žďár nad Sázavou;Ústí nad Labem",
    "Győr-Moson-Sopron;Székesfehérvár;Észak-Magyarország",
    "Bistriţa-Năsăud;Iaşi;Târgu Mureş",
    "Međimurska županija;Šibensko-kninska županija",
    "Žilinský kraj;Košický kraj",
    "Übersee-Öl GmbH",
    "name;note\nÁ;É\nŁ;Ż\nÖ;Ü",
    "3×4 ÷ 5",
    "ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
]
OTHERS = {
    "cp1253": ["Αποστολή στην Αθήνα", "name;helix\nΠεριφέρεια Κρήτης;government", "και να το", "ΑΧΑΪΑ"],
    "iso8859-7": ["Αποστολή στην Αθήνα", "name;helix\nΠανεπιστήμιο Πατρών;knowledge"],
    "cp1251": ["Технически университет - Варна", "name;helix\nОбщина Русе;government"],
}


@pytest.mark.parametrize("text", CENTRAL_EUROPEAN)
def test_central_european_text_is_read_as_excel_writes_it(text):
    assert decoded(text.encode("cp1250")) == text


@pytest.mark.parametrize(
    ("encoding", "text"), [(encoding, text) for encoding, texts in OTHERS.items() for text in texts]
)
def test_letters_of_another_code_page_are_refused_and_fine_in_utf_8(encoding, text):
    with pytest.raises(Unreadable, match="Save the sheet as “CSV UTF-8”"):
        decoded(text.encode(encoding))
    assert decoded(text.encode("utf-8-sig")) == decoded(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_unicode_text_of_excel_is_read(encoding):
    text = "name\thelix\r\nŁódź Αθήνα\tgovernment"
    mark = "" if encoding == "utf-16" else "\ufeff"
    assert decoded((mark + text).encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfea", "CSV UTF-8"),
        ("a\0b".encode("utf-16"), "CSV UTF-8"),
        ("abc".encode("utf-32"), "CSV UTF-8"),
        (b"a\0b", "no text table"),
        (b"PK\x03\x04", "no text table"),
        (b"a\x81", "CSV UTF-8"),
    ],
)
def test_what_is_no_text_says_what_to_do(content, reason):
    with pytest.raises(Unreadable, match=reason):
        decoded(content)
