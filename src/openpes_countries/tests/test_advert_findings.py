"""Adverts written for this test: what must be seen, what must be left alone, in each language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes_countries import find_forbidden_words
from openpes_countries.advert_findings import MONEY
from openpes_countries.advert_lexicon import languages_read
from openpes_countries.advert_text import plain_of
from openpes_countries.contract import FLOOR_GROUNDS, GROUNDS

SEEN = [
    ("en", "Hiring female cashier, 18-25 years old.", {"sex", "age"}),
    ("en", "We need two men for the warehouse", {"sex"}),
    ("en", "Salesgirls wanted, pleasing appearance, send your photo", {"sex", "appearance", "photo"}),
    ("en", "Applicants must be single and not pregnant", {"marital_status", "pregnancy"}),
    ("en", "Not more than 30 years old", {"age"}),
    ("en", "Age: 20 to 28", {"age"}),
    ("en", "Christians only", {"religion"}),
    ("en", "Chinese candidates only", {"ethnicity"}),
    ("en", "Height: at least 5'4\"", {"height"}),
    ("en", "Minimum height 160 cm", {"height"}),
    ("en", "No disabled persons", {"disability"}),
    ("en", "Able-bodied workers", {"disability"}),
    ("en", "Registration fee of 500 before training", {MONEY}),
    ("en", "Please send 2,000 pesos by transfer", {MONEY}),
    ("en", "Surrender your passport on arrival", {MONEY}),
    ("en", "Locals only", {"origin"}),
    ("en", "ＦＥＭＡＬＥ  only", {"sex"}),
    ("en", "fe\u200bmale only", {"sex"}),
    ("fil", "Hanap namin: babae lang, edad 18-25", {"sex", "age"}),
    ("fil", "Dalaga pa lang po, may pleasing personality", {"marital_status", "appearance"}),
    ("fil", "Magbayad muna ng 500 piso", {MONEY}),
    ("fil", "Bawal ang may anak", {"marital_status"}),
    ("fil", "Bawal po ang PWD", {"disability"}),
    ("fil", "Magpadala ng resume at litrato", {"photo"}),
    ("vi", "Tuyển 5 nữ nhân viên bán hàng, tuổi từ 18 đến 25", {"sex", "age"}),
    ("vi", "Ngoại hình ưa nhìn, cao 1m60 trở lên, chưa lập gia đình", {"appearance", "height", "marital_status"}),
    ("vi", "Đóng phí hồ sơ 200k", {MONEY}),
    ("vi", "Không nhận người khuyết tật", {"disability"}),
    ("vi", "Cam kết không mang thai", {"pregnancy"}),
    ("vi", unicodedata.normalize("NFD", "Chỉ tuyển nữ dưới 30 tuổi"), {"sex", "age"}),
    ("km", "ជ្រើសរើសបុគ្គលិកស្រី អាយុពី១៨ដល់២៥ឆ្នាំ", {"sex", "age"}),
    ("km", "ត្រូវការបុគ្គលិកលក់ រូបសម្បត្តិល្អ នៅលីវ", {"appearance", "marital_status"}),
    ("km", "ត្រូវបង់ប្រាក់កក់ជាមុន", {MONEY}),
    ("km", "អាយុ 20-30 ឆ្នាំ", {"age"}),
    ("id", "Dibutuhkan karyawan wanita, usia maksimal 25 tahun, belum menikah", {"sex", "age", "marital_status"}),
    ("id", "Tinggi badan min 160 cm. Biaya pendaftaran Rp 50.000", {"height", MONEY}),
    ("ms", "Dicari pekerja perempuan sahaja, Melayu sahaja. Yuran pendaftaran RM50", {"sex", "ethnicity", MONEY}),
    ("bn", "শুধুমাত্র মহিলা প্রার্থী, বয়স ১৮-২৫ বছর, জামানত ৫০০ টাকা দিতে হবে", {"sex", "age", MONEY}),
    ("hi", "केवल महिला उम्मीदवार, उम्र 18-25 वर्ष, रजिस्ट्रेशन फीस 500", {"sex", "age", MONEY}),
    ("ne", "महिला मात्र, उमेर १८ देखि २५ वर्षसम्म, दर्ता शुल्क ५००", {"sex", "age", MONEY}),
    ("th", "รับสมัครพนักงานขาย เพศหญิง อายุ 18-25 ปี มีค่าสมัคร 200 บาท", {"sex", "age", MONEY}),
    ("lo", "ຮັບສະໝັກພະນັກງານ ເພດຍິງ ອາຍຸ 18 ຫາ 25 ປີ", {"sex", "age"}),
    ("zh-Hans", "招聘女服务员,18-25岁,未婚,需交押金200元", {"sex", "age", "marital_status", MONEY}),
    ("ko", "여성만 모집, 나이 20~30세, 사진 첨부, 등록비 납부", {"sex", "age", "photo", MONEY}),
    ("mn", "Зөвхөн эмэгтэй, 18-25 насны, бүртгэлийн хураамж 5000", {"sex", "age", MONEY}),
    ("tet", "Presiza feto de’it, tinan 18 to’o 25, selu uluk osan", {"sex", "age", MONEY}),
    ("tet", "Presiza feto de'it", {"sex"}),
    ("pt", "Precisa-se mulheres, idade entre 18 e 25 anos, taxa de inscrição", {"sex", "age", MONEY}),
    ("fj", "Vinakati na yalewa yabaki 18-25", {"sex", "age"}),
    ("hif", "Khali larki maangta, training ke paisa pehle bharo", {"sex", MONEY}),
]

LEFT_ALONE = [
    ("en", "Fit male connectors to the cable."),
    ("en", "The age of our company is 25."),
    ("en", "Our restaurant is 30 years old."),
    ("en", "Sell shoes in a women's shoes shop."),
    ("en", "Care for male patients in the female ward."),
    ("en", "Teach children aged 6 to 10."),
    ("en", "Male or female, no age limit."),
    ("en", "All are welcome regardless of sex, age or religion."),
    ("en", "No placement fee. We never ask for a deposit."),
    ("en", "Women and persons with disabilities are encouraged to apply."),
    ("en", "At least 18 years old, for the work is hazardous."),
    ("en", "5-10 years of experience, 48 hours a week, from 06:00 to 14:00."),
    ("en", "Collect membership fees from clients and keep the books."),
    ("en", "You will serve guests in a hotel with 25 rooms."),
    ("en", "The single most important thing is care."),
    ("en", "Height-adjustable desks and a pretty garden."),
    ("fil", "Babae o lalaki, walang bayad sa pagpaparehistro."),
    ("fil", "Magbantay ng mga batang edad 3 hanggang 5 taon."),
    ("vi", "Tuyển nam/nữ lao động tại Việt Nam. Không thu phí hồ sơ."),
    ("vi", "Bán quần áo nữ tại miền Nam."),
    ("vi", "Không giới hạn độ tuổi, giới tính."),
    ("km", "ជ្រើសរើសបុគ្គលិកប្រុស ឬស្រី មិនគិតថ្លៃសេវា"),
    ("km", "បង្រៀនសិស្សអាយុ 6 ដល់ 10 ឆ្នាំ"),
    ("id", "Lowongan pria/wanita, tanpa biaya pendaftaran, 2-5 tahun pengalaman"),
    ("ms", "Diperlukan lelaki atau perempuan, tiada yuran"),
    ("bn", "পুরুষ ও মহিলা কর্মী আবশ্যক। কোনো ফি লাগবে না।"),
    ("hi", "पुरुष और महिला दोनों आवेदन करें, कोई शुल्क नहीं"),
    ("ne", "महिला वा पुरुष चाहियो। कुनै शुल्क लाग्दैन।"),
    ("th", "รับสมัครพนักงาน ชาย/หญิง ไม่จำกัดอายุ ไม่มีค่าสมัคร"),
    ("lo", "ຮັບສະໝັກພະນັກງານ ຊາຍ/ຍິງ"),
    ("zh-Hans", "招聘服务员,男女不限,年龄不限,不收取任何费用"),
    ("ko", "남녀 무관, 나이 무관, 등록비 없음"),
    ("mn", "Эрэгтэй, эмэгтэй хамаарахгүй, хураамжгүй"),
    ("tet", "Presiza feto ka mane. La selu osan."),
    ("hif", "Aadmi aur aurat dono apply kare sake, koi fees nai"),
    ("pt", "Homens e mulheres, sem limite de idade, sem taxa de inscrição"),
]


@pytest.mark.parametrize(("language", "text", "grounds"), SEEN, ids=[text for _, text, _ in SEEN])
def test_seen(language: str, text: str, grounds: set[str]) -> None:
    found = find_forbidden_words(text, languages=(language,))
    assert grounds <= {finding.ground for finding in found}
    for finding in found:
        assert text[finding.start : finding.end] == finding.text and finding.why


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE, ids=[text for _, text in LEFT_ALONE])
def test_left_alone(language: str, text: str) -> None:
    assert find_forbidden_words(text, languages=(language,)) == ()


def test_every_language_is_tried_both_ways() -> None:
    seen = {language.split("-")[0] for language, _, _ in SEEN}
    assert seen == set(languages_read())


def test_grounds_are_known() -> None:
    for language, text, _ in SEEN:
        assert {finding.ground for finding in find_forbidden_words(text, (language,))} <= {
            *GROUNDS,
            *FLOOR_GROUNDS,
            MONEY,
        }


def test_adverts_mix_languages() -> None:
    text = "Cashier, babae lang, 18-25 years old"
    assert {finding.ground for finding in find_forbidden_words(text, ("fil",))} >= {"sex", "age"}


def test_a_language_without_a_list_still_reads_english() -> None:
    assert find_forbidden_words("men only", ("xx",))[0].ground == "sex"


@given(st.text())
def test_positions_fit_any_text(text: str) -> None:
    read = plain_of(text)
    plain, starts, ends = read.text, read.starts, read.ends
    assert len(plain) == len(starts) == len(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    for finding in find_forbidden_words(text, ("en", "km")):
        assert text[finding.start : finding.end] == finding.text


def test_long_text_is_quick() -> None:
    import time

    text = "We are looking for people who like to work with customers and keep the shop tidy. " * 200
    find_forbidden_words("warm up", languages_read())
    began = time.perf_counter()
    find_forbidden_words(text, ("en", "fil"))
    assert time.perf_counter() - began < 2.0
