"""The fields of the Emarsys practice account, and which values each of them takes.

Data and one check; knows no contacts. Source: Emarsys "System fields" and "Creating a contact" (errors).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.practice.emarsys_choices import CHOICES
from app.practice.numbers import is_email, is_iso_date

Value = str | list[str]  # what is kept: text, or the choices of a multiple-choice field

EMAIL = "3"
OPT_IN = "31"

# id | name | application_type | string_id; the last six are this account's own.
_TABLE = """
0 | Interests | interests | interests | read only
1 | First Name | shorttext | first_name
2 | Last Name | shorttext | last_name
3 | E-Mail | longtext | email
4 | Date of Birth | birthdate | birth_date
5 | Gender | singlechoice | gender
6 | Marital Status | singlechoice | marital_status
7 | Children | singlechoice | children
8 | Education | singlechoice | education
9 | Title | singlechoice | title
10 | Address | longtext | address
11 | City | shorttext | city
12 | State | shorttext | state
13 | ZIP Code | shorttext | zip_code
14 | Country | singlechoice | country
15 | Phone | shorttext | phone
16 | Fax | fax | fax
17 | Job Position | singlechoice | company_position
18 | Company | longtext | company_name
19 | Department | singlechoice | company_department
20 | Industry | singlechoice | company_industry
21 | Phone (office) | shorttext | company_phone
22 | Fax (office) | fax | company_fax
23 | Number of Employees | singlechoice | company_employees
24 | Annual Revenue (000 EUR) | singlechoice | company_annual_revenue
25 | URL | url | url
26 | Preferred e-mail format | singlechoice | preferred_email_format
27 | Avg. length of visit | special | average_visit_duration | read only
28 | Page views per day | special | pageviews_per_day | read only
29 | Days since last e-mail | special | days_since_last_email_sent | read only
30 | Response rate | special | response_rate | read only
31 | Opt-In | special | optin
32 | User status | special | status | read only
33 | Contact source | special | source | read only
34 | Contact form | special | form | read only
35 | Registration Language | singlechoice | registration_language
36 | Newsletter | special | newsletter | read only
37 | Mobile | shorttext | mobile
38 | First Name of Partner | shorttext | partner_first_name
39 | Birthdate of Partner | birthdate | partner_birth_date
40 | Anniversary | date | anniversary
41 | Company Address | longtext | company_address
42 | Zip Code (office) | shorttext | company_zip_code
43 | City (office) | shorttext | company_city
44 | State (office) | shorttext | company_state
45 | Country (office) | singlechoice | company_country
46 | Salutation | singlechoice | salutation
47 | E-Mail valid | special | email_valid | read only
48 | Date of first registration | special | registration_date | read only
123 | Topics | multichoice | topics
8765 | Products | multichoice | products
100001 | Customer number | shorttext | customer_number
100003 | Last purchase | date | last_purchase
100004 | Points | numeric | points
100005 | Notes | largetext | notes
100006 | Home page | url | home_page
"""
# The account's own fields that may serve as key (Emarsys support sets these up): 2015 for the others.
INDEXED = frozenset({"123", "100001"})
_OWN_FIRST = 100
_MOST = {"shorttext": 60, "longtext": 255, "fax": 255, "url": 255, "largetext": 100_000}
_NUMERIC = re.compile(r"-?\d{1,24}(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the account; `kind` is the provider's application_type."""

    number: str
    name: str
    kind: str
    string_id: str
    read_only: bool = False

    @property
    def can_be_key(self) -> bool:
        """System fields can; the account's own only with an index."""
        return int(self.number) < _OWN_FIRST or self.number in INDEXED


class BadValue(Exception):
    """A contact's value is refused: a reply code and the provider's words for it."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def _fields() -> dict[str, Field]:
    rows = (row.split(" | ") for row in _TABLE.strip().splitlines())
    return {row[0]: Field(row[0], row[1], row[2], row[3], row[-1] == "read only") for row in rows}


FIELDS = _fields()


def check_value(number: str, value: object) -> Value:
    """The value as it is kept; "" means: clear it. Raises BadValue."""
    field = FIELDS.get(number)
    if field is None:
        raise BadValue(2006, f"Invalid field id: {number}")
    if field.read_only:
        raise BadValue(2007, f"Invalid field id: {number}")
    if field.kind == "multichoice":
        return _check_choices(number, value)
    if value is None and number == OPT_IN:
        return ""
    if type(value) not in (str, int, float):  # a bool is an int to isinstance
        raise BadValue(2007, f"Invalid data format, Scalar expected for field id: {number}")
    text = str(value)
    if text:
        _check_text(field, text)
    return text


def _check_choices(number: str, value: object) -> Value:
    if not isinstance(value, list):
        raise BadValue(2007, f"Invalid data format, Array expected for field id: {number}")
    if not value:
        raise BadValue(2007, f"No choice provided for field id: {number}")
    chosen = [str(choice) for choice in value]
    if not all(choice in CHOICES[number] for choice in chosen):
        raise BadValue(2007, f"Invalid choice id for field id: {number}")
    return chosen


def _check_text(field: Field, text: str) -> None:
    number = field.number
    if number in CHOICES:
        if text not in CHOICES[number]:
            raise BadValue(2007, f"Invalid choice id for field id: {number}")
    elif field.kind in ("date", "birthdate"):
        if not is_iso_date(text):
            raise BadValue(2007, f"Invalid date format for field id: {number}")
    elif field.kind == "numeric":
        if not _NUMERIC.fullmatch(text):
            raise BadValue(2007, f"Invalid data format for field id: {number}")
    elif len(text) > _MOST.get(field.kind, 255):
        # What the real one does with longer text (cut or refuse) is not documented; silence would hide it.
        raise BadValue(2007, f"Invalid data format, value too long for field id: {number}")
    elif number == EMAIL and not is_email(text):
        raise BadValue(2005, f"Invalid key field value: {text}")
