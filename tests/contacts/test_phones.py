"""Phone numbers as people write them: what is read, and what is said where nothing can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.contact import FindingKind
from app.contacts.numbering_plans import LineKind
from app.contacts.phones import PhoneReader

WRITTEN = [
    ("IT", "+393331234567", "+393331234567"),
    ("IT", "333 1234567", "+393331234567"),
    ("IT", "333.123.4567", "+393331234567"),
    ("IT", "333-123-45-67", "+393331234567"),
    ("IT", "333/1234567", "+393331234567"),
    ("IT", "0039 333 1234567", "+393331234567"),
    ("IT", "+0039 333 1234567", "+393331234567"),
    ("IT", "'+39 333 1234567", "+393331234567"),
    ("IT", "(+39) 333-1234567", "+393331234567"),
    ("IT", "[+39] 333 1234567", "+393331234567"),
    ("IT", "393331234567", "+393331234567"),
    ("IT", "393331234567.0", "+393331234567"),
    ("IT", "3331234567,0", "+393331234567"),
    ("IT", "3921234567", "+393921234567"),
    ("IT", "02 12345678", "+390212345678"),
    ("IT", "02/12345678", "+390212345678"),
    ("IT", "+39 02 12345678", "+390212345678"),
    ("IT", "+39 (0)2 12345678", "+390212345678"),
    ("IT", "+39 (0)3660640374", "+393660640374"),
    ("DE", "+39 (0) 366 0640374", "+393660640374"),
    ("", "Tel. (+39) (0)366-0640374", "+393660640374"),
    ("", "0039 (0)333 1234567", "+393331234567"),
    ("IT", "39 (0)333 1234567", "+393331234567"),
    ("IT", "+39 (0)6 69812345", "+390669812345"),
    ("DE", "0039 [0] 6 69812345", "+390669812345"),
    ("", "+41 ( 0 ) 79 123 45 67", "+41791234567"),
    ("", "+43 (0)664 1234567", "+436641234567"),
    ("", "+34 (0)612 345 678", "+34612345678"),
    ("", "+7 (0)916 123-45-67", "+79161234567"),
    ("IT", "02 1234567 int. 5", "+39021234567"),
    ("IT", "Cell. 333 1234567", "+393331234567"),
    ("IT", "cell: 333 1234567", "+393331234567"),
    ("IT", "tel:+39-333-1234567", "+393331234567"),
    ("IT", "333 1234567 (Anna)", "+393331234567"),
    ("IT", "333 1234567 casa", "+393331234567"),
    ("IT", "+39\u00a0333\u202f1234567", "+393331234567"),
    ("IT", "\u202a+39 333 123 4567\u202c", "+393331234567"),
    ("IT", "+39\u2011333\u20131234567", "+393331234567"),
    ("IT", "３３３１２３４５６７", "+393331234567"),
    ("IT", "＋39 333 1234567", "+393331234567"),
    ("IT", "٣٣٣١٢٣٤٥٦٧", "+393331234567"),
    ("IT", "3.93331234567E+11", "+393331234567"),
    ("IT", "+44 20 7946 0018", "+442079460018"),
    ("IT", "0041 79 123 45 67", "+41791234567"),
    ("GB", "+44 (0)20 7946 0018", "+442079460018"),
    ("GB", "020 7946 0018", "+442079460018"),
    ("GB", "442079460018", "+442079460018"),
    ("DE", "0171 / 123 45 67", "+491711234567"),
    ("DE", "0171/1234567", "+491711234567"),
    ("DE", "+49 (0) 171 1234567", "+491711234567"),
    ("DE", "030 / 123456-0", "+49301234560"),
    ("DE", "Tel.: 0171 1234567", "+491711234567"),
    ("FR", "06.12.34.56.78", "+33612345678"),
    ("FR", "06 12 34 56 78", "+33612345678"),
    ("FR", "612345678", "+33612345678"),
    ("FR", "+33 (0)6 12 34 56 78", "+33612345678"),
    ("ES", "612 34 56 78", "+34612345678"),
    ("ES", "+34 612-345-678", "+34612345678"),
    ("US", "(201) 555-0123", "+12015550123"),
    ("US", "201.555.0123", "+12015550123"),
    ("US", "1-201-555-0123", "+12015550123"),
    ("US", "201-555-0123 ext. 5", "+12015550123"),
    ("US", "201-555-0123 x12", "+12015550123"),
    ("US", "201-555-0123 #12", "+12015550123"),
    ("US", "tel:+1-201-555-0123;ext=5", "+12015550123"),
    ("US", "011 39 333 1234567", "+393331234567"),
    ("", "+39 333 1234567", "+393331234567"),
    ("", "0039 333 1234567", "+393331234567"),
    ("it", "333 1234567", "+393331234567"),
]


@pytest.mark.parametrize(("country", "text", "number"), WRITTEN)
def test_numbers_are_read_as_people_write_them(country: str, text: str, number: str) -> None:
    reading = PhoneReader(country).read(text)
    assert (reading.number, reading.fault, reading.others) == (number, None, "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("abc", FindingKind.PHONE_INVALID),
        ("123", FindingKind.PHONE_INVALID),
        ("+", FindingKind.PHONE_INVALID),
        ("+39", FindingKind.PHONE_INVALID),
        ("333 123", FindingKind.PHONE_INVALID),
        ("+999 123 456 789", FindingKind.PHONE_INVALID),
        ("1-800-FLOWERS", FindingKind.PHONE_INVALID),
        ("anna@example.com", FindingKind.PHONE_INVALID),
        ("31/01/1980", FindingKind.PHONE_INVALID),
        ("3" * 200, FindingKind.PHONE_INVALID),
        ("3,93E+11", FindingKind.PHONE_DIGITS_LOST),
        ("3.93333E+11", FindingKind.PHONE_DIGITS_LOST),
        ("3E+11", FindingKind.PHONE_DIGITS_LOST),
    ],
)
def test_what_is_no_number_says_why(text: str, fault: FindingKind) -> None:
    reading = PhoneReader("IT").read(text)
    assert (reading.number, reading.fault) == ("", fault)


@pytest.mark.parametrize("country", ["", "XX", "Italy"])
def test_without_a_known_country_a_national_number_has_none(country: str) -> None:
    assert PhoneReader(country).read("333 1234567").fault is FindingKind.PHONE_NO_COUNTRY


@pytest.mark.parametrize(
    ("text", "number", "others"),
    [
        ("333 1234567 / 347 7654321", "+393331234567", "347 7654321"),
        ("333 1234567; 347 7654321", "+393331234567", "347 7654321"),
        ("333 1234567 o 347 7654321", "+393331234567", "347 7654321"),
        ("333 1234567\n347 7654321", "+393331234567", "347 7654321"),
        ("+39 333 1234567 +39 347 7654321", "+393331234567", "+39 347 7654321"),
        ("333 1234567 - 347 7654321", "+393331234567", "347 7654321"),
        ("02 12345678/9", "+390212345678", "9"),
    ],
)
def test_of_two_numbers_the_first_is_read_and_the_other_named(text: str, number: str, others: str) -> None:
    reading = PhoneReader("IT").read(text)
    assert (reading.number, reading.others) == (number, others)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("333 1234567", LineKind.MOBILE),
        ("02 12345678", LineKind.LANDLINE),
        ("800 123456", LineKind.OTHER),
        ("+1 201 555 0123", LineKind.MOBILE),
    ],
)
def test_mobiles_landlines_and_the_rest_are_told_apart(text: str, kind: LineKind) -> None:
    assert PhoneReader("IT").read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "added"),
    [("333 1234567", True), ("02 12345678", True), ("+39 333 1234567", False), ("393331234567", False)],
)
def test_it_is_said_when_the_country_was_added(text: str, added: bool) -> None:
    assert PhoneReader("IT").read(text).country_added is added


@given(st.text(st.characters(), max_size=300), st.sampled_from(["IT", "US", "DE", ""]))
def test_no_text_makes_reading_fail(text: str, country: str) -> None:
    reading = PhoneReader(country).read(text)
    assert bool(reading.number) != (reading.fault is not None)


@given(st.text("0123456789+ -/().,;xeE'\n", min_size=1, max_size=40))
def test_whatever_looks_like_a_number_is_e164_or_nothing(text: str) -> None:
    number = PhoneReader("IT").read(text).number
    assert not number or (number[0] == "+" and number[1:].isdigit())


@pytest.mark.parametrize(
    ("text", "number", "others"),
    [
        ("3331234567 3477654321", "+393331234567", "3477654321"),
        ("3331234567\t3477654321", "+393331234567", "3477654321"),
        ("3331234567-3477654321", "+393331234567", "3477654321"),
        ("+393331234567+393477654321", "+393331234567", "+393477654321"),
        ("tel 02 12345678 fax 02 12345679", "+390212345678", "02 12345679"),
        ("06 12345678 (casa) 333 1234567 (cell)", "+390612345678", "333 1234567 (cell)"),
        ("++39 333 1234567", "+393331234567", ""),
    ],
)
def test_two_numbers_with_hardly_anything_between_come_apart(text: str, number: str, others: str) -> None:
    reading = PhoneReader("IT").read(text)
    assert (reading.number, reading.others) == (number, others)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06 12345678 / 347 7654321", "+393477654321"),
        ("347 7654321 / 06 12345678", "+393477654321"),
        ("06 12345678 / 02 12345678", "+390612345678"),
        ("06 12345678", "+390612345678"),
        ("12345678 / 333 7654321", "+393337654321"),
    ],
)
def test_the_mobile_number_of_several_can_be_taken(text: str, number: str) -> None:
    assert PhoneReader("IT").read_mobile(text).number == number


def test_what_was_passed_over_for_a_mobile_number_is_told_read_or_not() -> None:
    reading = PhoneReader("IT").read_mobile("12345678 / 06 12345678 / 333 7654321")
    assert reading.others == "12345678, +390612345678"


@pytest.mark.parametrize("text", ["212345678", "2 12345678", "212345678.0", "+39 2 12345678"])
def test_a_zero_that_belongs_to_a_number_is_missed(text: str) -> None:
    reading = PhoneReader("IT").read(text)
    assert (reading.fault, reading.meant) == (FindingKind.PHONE_ZERO_LOST, "+390212345678")


@pytest.mark.parametrize("text", ["31/01/1980", "12", "abc"])
def test_a_zero_is_not_missed_where_nothing_looks_like_a_number(text: str) -> None:
    assert PhoneReader("IT").read(text).fault is FindingKind.PHONE_INVALID


@pytest.mark.parametrize(
    ("text", "country"),
    [("639980001", "FR"), ("06/39/98/00/01", "FR"), ("7700900123", "GB")],
)
def test_numbers_kept_for_examples_may_lack_their_zero(text: str, country: str) -> None:
    assert PhoneReader(country).read(text).kind is LineKind.MOBILE


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("0039021/2345679", "IT", "+390212345679"),
        ("0035121/2345831", "PT", "+351212345831"),
        ("030/1234567", "DE", "+49301234567"),
    ],
)
def test_a_slash_behind_the_area_code_makes_no_second_number(text: str, country: str, number: str) -> None:
    reading = PhoneReader(country).read(text)
    assert (reading.number, reading.others) == (number, "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+39 +39 333 1234567", "+393331234567"),
        ("0039 +39 333 1234567", "+393331234567"),
        ("3331234567?", "+393331234567"),
        ("333 123 4567 \N{BLACK TELEPHONE}", "+393331234567"),
        ("+393331234567,,12#", "+393331234567"),
        ("+39 333 1234567 p123", "+393331234567"),
        ("\N{FULLWIDTH PLUS SIGN}39 \u202a333\u200b1234567\u202c", "+393331234567"),
        ("wa.me/393331234567", "+393331234567"),
    ],
)
def test_what_people_and_programs_write_around_a_number_is_no_part_of_it(text: str, number: str) -> None:
    assert PhoneReader("IT").read(text).number == number


@pytest.mark.parametrize("text", ["l33 1234567", "O333 1234567", "333O123456", "33312345AB", "I331234567"])
def test_a_letter_that_may_be_a_digit_makes_no_number_of_the_rest(text: str) -> None:
    assert PhoneReader("IT").read(text).fault is FindingKind.PHONE_INVALID
