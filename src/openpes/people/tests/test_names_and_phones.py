"""Names and phone numbers as people of the fifteen countries write them."""

from __future__ import annotations

import pytest

from openpes.people.names import as_given, likeness, match_key
from openpes.people.phones import NotAPhone, as_dialled, normalise

LOCAL_FORMS = [
    ("BD", "01712-345678", "+8801712345678"),
    ("BD", "০১৭১২ ৩৪৫৬৭৮", "+8801712345678"),
    ("BD", "+880 1712 345678", "+8801712345678"),
    ("KH", "012 345 678", "+85512345678"),
    ("KH", "០១២ ៣៤៥ ៦៧៨", "+85512345678"),
    ("KH", "(855) 12 345 678", "+85512345678"),
    ("CN", "138 0013 8000", "+8613800138000"),
    ("CN", "１３８００１３８０００", "+8613800138000"),
    ("CN", "010-6552 9988", "+861065529988"),
    ("FJ", "701 2345", "+6797012345"),
    ("FJ", "679 701 2345", "+6797012345"),
    ("IN", "98765 43210", "+919876543210"),
    ("IN", "९८७६५ ४३२१०", "+919876543210"),
    ("IN", "098765-43210", "+919876543210"),
    ("IN", "+91-98765-43210", "+919876543210"),
    ("ID", "0812-3456-7890", "+6281234567890"),
    ("ID", "62 812 3456 7890", "+6281234567890"),
    ("KR", "010-1234-5678", "+821012345678"),
    ("KR", "010.1234.5678", "+821012345678"),
    ("KR", "+82 10 1234 5678", "+821012345678"),
    ("LA", "020 5555 1234", "+8562055551234"),
    ("LA", "໐໒໐ ໕໕໕໕ ໑໒໓໔", "+8562055551234"),
    ("MY", "012-345 6789", "+60123456789"),
    ("MY", "6012 345 6789", "+60123456789"),
    ("MN", "9911-2233", "+97699112233"),
    ("MN", "99 11 22 33", "+97699112233"),
    ("NP", "९८४१-२३४५६७", "+9779841234567"),
    ("NP", "984-1234567", "+9779841234567"),
    ("NP", "00977 9841234567", "+9779841234567"),
    ("PH", "0917 123 4567", "+639171234567"),
    ("PH", "(0917) 123-4567", "+639171234567"),
    ("PH", "63 917 123 4567", "+639171234567"),
    ("TH", "081-234-5678", "+66812345678"),
    ("TH", "๐๘๑ ๒๓๔ ๕๖๗๘", "+66812345678"),
    ("TL", "7712 3456", "+67077123456"),
    ("TL", "+670 7712-3456", "+67077123456"),
    ("VN", "0912.345.678", "+84912345678"),
    ("VN", "(+84) 912 345 678", "+84912345678"),
]


@pytest.mark.parametrize(("country", "written", "stored"), LOCAL_FORMS)
def test_a_phone_is_understood_as_people_write_it(country, written, stored):
    assert normalise(written, country) == stored
    assert normalise(as_dialled(stored, country), country) == stored


def test_all_fifteen_countries_are_there():
    assert len({country for country, _written, _stored in LOCAL_FORMS}) == 15


@pytest.mark.parametrize(
    ("country", "written"), [("NP", "123"), ("KR", "call me"), ("FJ", "1234567890123456789"), ("VN", "")]
)
def test_what_is_no_phone_is_refused(country, written):
    with pytest.raises(NotAPhone):
        normalise(written, country)


@pytest.mark.parametrize(
    "name",
    [
        "Sukarni",  # one name is a whole name
        "김민준",
        "王小明",
        "Nguyễn Thị Lan",
        "សុខ សុភា",
        "ນາງ ມະນີວັນ ວົງສາ",
        "Батын Болд",
        "सीता कुमारी थापा",
        "ফাতেমা",
        "สมศรี ใจดี",
        "Siti Aminah binti Abdullah",
        "Priya a/p Krishnan",
        "Maria da Costa Ximenes",
        "D'Souza-O’Brien",
    ],
)
def test_a_name_is_kept_as_it_was_given(name):
    assert as_given(f"  {name} ") == name
    assert match_key(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Min Jun", "Min Jun Kim"),  # family name first at home, last on a foreign form
        ("Nguyễn Thị Lan", "Lan Nguyen Thi"),
        ("सीता थापा", "थापा सीता"),
        ("Siti Aminah binti Abdullah", "SITI AMINAH ABDULLAH"),
    ],
)
def test_order_marks_and_small_words_do_not_hide_a_person(one, other):
    assert likeness(match_key(one), match_key(other)) >= 88


# Names of the fifteen countries as two officers write them: in the country's script and in Latin letters, or in two
# spellings where there is one script.
TWO_WAYS = [
    ("ফাতেমা খাতুন", "Fatema Khatun"),
    ("মোহাম্মদ রহিম", "Mohammad Rahim"),
    ("សុខ ដារ៉ា", "Sok Dara"),
    ("ចាន់ សុភា", "Chan Sophea"),
    ("王小明", "Wang Xiaoming"),
    ("李娜", "Li Na"),
    ("Jone Vakaciwa", "Jone Vakathiwa"),
    ("प्रिया शर्मा", "Priya Sharma"),
    ("Suharto", "Soeharto"),
    ("김민수", "Kim Min-su"),
    ("박지영", "Park Jiyoung"),
    ("이영희", "Lee Young-hee"),
    ("ບຸນມີ ວົງສາ", "Bounmy Vongsa"),
    ("ສົມພອນ", "Somphone"),
    ("Mohd Hafiz bin Abdullah", "Muhammad Hafiz Abdullah"),
    ("Батбаяр Дорж", "Batbayar Dorj"),
    ("राम बहादुर गुरुङ", "Ram Bahadur Gurung"),
    ("Joselito Peña", "Jose Lito Pena"),
    ("สมชาย ใจดี", "Somchai Jaidee"),
    ("สุภาพร แสงทอง", "Supaporn Saengthong"),
    ("João Ximenes", "Joao Simenes"),
    ("Đặng Văn Lâm", "Dang Van Lam"),
]


@pytest.mark.parametrize(("one", "other"), TWO_WAYS)
def test_a_name_written_two_ways_is_found(one: str, other: str) -> None:
    """Alike enough for the search (70), in both directions."""
    assert likeness(match_key(one), match_key(other)) >= 70
    assert likeness(match_key(other), match_key(one)) >= 70


def test_other_people_do_not_sound_alike() -> None:
    """Each name against all the others of the list: hardly any pair is taken for one person (88)."""
    keys = [match_key(one) for one, _other in TWO_WAYS]
    pairs = [(a, b) for place, a in enumerate(keys) for b in keys[place + 1 :]]
    wrong = [pair for pair in pairs if likeness(*pair) >= 70]
    assert not wrong
