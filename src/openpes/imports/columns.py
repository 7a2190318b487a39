"""Which column of a list holds what: the fields that can be read, and a guess by the header. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from rapidfuzz import fuzz

from openpes.imports.states import ListKind
from openpes.people.names import match_key

LEAST_ALIKE = 86

# Field -> headers as offices write them. Local words stand beside the English ones.
PEOPLE = {
    "name": "name, full name, name of applicant, jobseeker, pangalan, buong pangalan, nama, nama lengkap, ho va ten,"
    " ho ten, ឈ្មោះ, ชื่อ-นามสกุล, ຊື່, नाम, নাম, 姓名, 이름, нэр, naran, nome",
    "family_name": "family name, surname, last name, apelyido, nama keluarga, ho, นามสกุล, थर, 姓, 성, apelidu",
    "given_name": "given name, first name, unang pangalan, nama depan, ten, ชื่อ, 名",
    "born_on": "birth date, date of birth, dob, born, birthday, birthdate, petsa ng kapanganakan, kapanganakan,"
    " tanggal lahir, tarikh lahir, ngay sinh, ថ្ងៃខែឆ្នាំកំណើត, วันเกิด, ວັນເກີດ, जन्म मिति, जन्म तिथि, জন্ম তারিখ,"
    " 出生日期, 생년월일, төрсөн өдөр, data moris",
    "sex": "sex, gender, kasarian, jenis kelamin, jantina, gioi tinh, ភេទ, เพศ, ເພດ, लिङ्ग, लिंग, লিঙ্গ, 性别, 성별,"
    " хүйс, seksu",
    "phone": "phone, telephone, mobile, mobile number, phone number, cellphone, contact, contact number,"
    " contact no, phone no, mobile no,"
    " tel no, cp no, numero,"
    " telepono, no hp, no telepon, nombor telefon, so dien thoai, dien thoai, លេខទូរស័ព្ទ, โทรศัพท์, เบอร์โทร,"
    " ເບີໂທ, फोन, मोबाइल, মোবাইল, 电话, 手机, 전화, утас, telefone",
    "area": "area, address, municipality, city, province, district, place, lugar, tirahan, probinsya, kabupaten,"
    " alamat, dia chi, tinh, ខេត្ត, จังหวัด, ແຂວງ, जिल्ला, जिला, জেলা, 地址, 주소, хаяг, munisipiu",
    "education": "education, educational attainment, schooling, highest grade, school, edukasyon, pinag-aralan,"
    " pendidikan, trinh do, trinh do hoc van, កម្រិតវប្បធម៌, การศึกษา, ການສຶກສາ, शिक्षा, শিক্ষা, 学历, 학력, боловсрол,"
    " edukasaun",
    "work": "work, job, occupation, position, desired job, work wanted, preferred occupation, preferred job, trabaho,"
    " nais na trabaho, pekerjaan, jabatan, nghe nghiep, viec lam, មុខរបរ, อาชีพ, ອາຊີບ, पेशा, পেশা, 职业, 직업,"
    " мэргэжил, servisu",
    "national_number": "national id, national number, id number, id no, nik, philsys, psn, cccd, cmnd, citizenship no,"
    " nid, aadhaar, 身份证",
    "old_number": "number, no, old number, registration number, registration no, nsrp no, reg no, card number",
}
EMPLOYERS = {
    "name": "name, employer, company, company name, business name, firm, establishment, kumpanya, perusahaan,"
    " cong ty, ក្រុមហ៊ុន, บริษัท, ບໍລິສັດ, 公司, 회사",
    "registration_number": "registration number, business number, permit no, sec no, dti no, tin, nib, ma so thue",
    "contact_name": "contact, contact person, contact name, owner, manager, representative",
    "phone": PEOPLE["phone"],
    "area": PEOPLE["area"],
    "street": "street, street address, building",
    "sector": "sector, industry, isic, psic, section",
    "size": "size, employees, number of workers, workers, staff",
}
VACANCIES = {
    "employer": EMPLOYERS["name"].replace("name, ", "", 1),
    "registration_number": EMPLOYERS["registration_number"],
    "title": "title, job title, vacancy, " + PEOPLE["work"],
    "places": "places, number, openings, vacancies, no of vacancies, how many, headcount",
    "area": PEOPLE["area"],
    "pay": "pay, salary, wage, monthly pay, monthly salary, sahod, gaji, luong",
    "weekly_hours": "weekly hours, hours, hours a week",
    "education": PEOPLE["education"],
    "description": "description, duties, tasks, details, remarks",
}
FIELDS: dict[ListKind, dict[str, str]] = {
    ListKind.PEOPLE: PEOPLE,
    ListKind.EMPLOYERS: EMPLOYERS,
    ListKind.VACANCIES: VACANCIES,
}
NEEDED: dict[ListKind, tuple[tuple[str, ...], ...]] = {
    ListKind.PEOPLE: (("name", "given_name", "family_name"), ("born_on", "phone")),
    ListKind.EMPLOYERS: (("name",), ("phone",)),
    ListKind.VACANCIES: (("employer", "registration_number"), ("title",)),
}


def header_key(header: Sequence[str]) -> str:
    """What tells one header from another, whatever the order of the columns."""
    return hashlib.sha256("\n".join(sorted(header)).encode()).hexdigest()


def _words(kind: ListKind) -> dict[str, list[str]]:
    return {
        field: [match_key(one) for one in (field.replace("_", " "), *synonyms.split(","))]
        for field, synonyms in FIELDS[kind].items()
    }


def guess_columns(kind: ListKind, header: Sequence[str]) -> dict[str, str]:
    """Column of the file -> field, for each column whose name says enough. A field is given to one column only."""
    words, scored = _words(kind), []
    for place, column in enumerate(header):
        key = match_key(column.replace("_", " "))
        if not key:
            continue
        for field, known in words.items():
            score = 100.0 if key in known else max(fuzz.ratio(key, one) for one in known)
            if score >= LEAST_ALIKE:
                scored.append((-score, place, list(words).index(field), column, field))
    guessed: dict[str, str] = {}
    for _score, _place, _order, column, field in sorted(scored):
        if column not in guessed and field not in guessed.values():
            guessed[column] = field
    return guessed


def missing_fields(kind: ListKind, chosen: Sequence[str]) -> list[tuple[str, ...]]:
    """Groups of fields of which at least one is needed and none is chosen."""
    return [group for group in NEEDED[kind] if not set(group) & set(chosen)]


def twice_chosen(chosen: Sequence[str]) -> list[str]:
    """Fields that more than one column is said to hold."""
    given = [one for one in chosen if one]
    return sorted({one for one in given if given.count(one) > 1})
