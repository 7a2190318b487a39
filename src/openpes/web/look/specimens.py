"""Words for the gallery page, in three scripts: they show how the pieces hold long words and stacked marks.

Specimens only; no page of the service reads them.
"""

WORDS: dict[str, tuple[str, str, str]] = {
    # key: (English, Vietnamese, Khmer)
    "hero": (
        "Work near you, with people who know you",
        "Việc làm gần bạn, với những người hiểu bạn",
        "ការងារជិតអ្នក ជាមួយមនុស្សដែលស្គាល់អ្នក",
    ),
    "lead": (
        "Free for everyone who looks for work. Nobody may ask you for money.",
        "Miễn phí cho mọi người tìm việc. Không ai được phép đòi tiền của bạn.",
        "ឥតគិតថ្លៃសម្រាប់អ្នកស្វែងរកការងារទាំងអស់។ គ្មាននរណាអាចទារប្រាក់ពីអ្នកបានទេ។",
    ),
    "main_action": ("Register for work", "Đăng ký tìm việc", "ចុះឈ្មោះរកការងារ"),
    "second_action": ("Look at jobs", "Xem việc làm", "មើលការងារ"),
    "jobs": ("Jobs", "Việc làm", "ការងារ"),
    "suggested": ("Suggested for you", "Gợi ý cho bạn", "ណែនាំសម្រាប់អ្នក"),
    "all": ("All jobs", "Tất cả việc làm", "ការងារទាំងអស់"),
    "fit": ("fit", "phù hợp", "សមស្រប"),
    "has": ("8 of 10 skills they ask for", "Có 8 trên 10 kỹ năng họ cần", "មានជំនាញ ៨ ក្នុងចំណោម ១០ ដែលគេត្រូវការ"),
    "lacks": ("Missing: driving a forklift", "Còn thiếu: lái xe nâng", "ខ្វះ៖ ការបើករថយន្តលើកទំនិញ"),
    "unknown": ("Not known: night work", "Chưa rõ: làm ca đêm", "មិនទាន់ដឹង៖ ការងារពេលយប់"),
    "refer": ("Refer to this job", "Giới thiệu việc này", "បញ្ជូនទៅការងារនេះ"),
    "not_now": ("Not now", "Để sau", "ពេលក្រោយ"),
    "empty_title": ("No answers yet", "Chưa có câu trả lời", "មិនទាន់មានចម្លើយទេ"),
    "empty_text": (
        "An employer has five days to answer. We tell you when they do.",
        "Nhà tuyển dụng có năm ngày để trả lời. Chúng tôi sẽ báo cho bạn.",
        "និយោជកមានពេលប្រាំថ្ងៃដើម្បីឆ្លើយ។ យើងនឹងប្រាប់អ្នក។",
    ),
    "figures": ("The month in figures", "Số liệu trong tháng", "តួលេខប្រចាំខែ"),
    "definition": ("What is counted", "Cách tính", "អ្វីដែលត្រូវបានរាប់"),
    "people": ("people", "người", "នាក់"),
    "chart_bar": ("Registered by age", "Đăng ký theo tuổi", "ចុះឈ្មោះតាមអាយុ"),
    "chart_line": (
        "Registered and hired by month",
        "Đăng ký và được tuyển theo tháng",
        "ចុះឈ្មោះ និងបានការងារតាមខែ",
    ),
    "registered": ("Registered", "Đã đăng ký", "បានចុះឈ្មោះ"),
    "hired": ("Hired", "Được tuyển", "បានការងារ"),
    "person": ("Person", "Người", "ឈ្មោះ"),
    "state": ("State", "Tình trạng", "ស្ថានភាព"),
    "day": ("Day", "Ngày", "ថ្ងៃ"),
    "story": ("What happened", "Diễn biến", "អ្វីដែលបានកើតឡើង"),
    "story_sent": (
        "You were referred to Riverside Bakery.",
        "Bạn được giới thiệu đến Tiệm bánh Ven Sông.",
        "អ្នកត្រូវបានបញ្ជូនទៅហាងនំមាត់ទន្លេ។",
    ),
    "story_interview": ("They invite you to an interview.", "Họ mời bạn phỏng vấn.", "គេអញ្ជើញអ្នកមកសម្ភាស។"),
    "story_hired": (
        "You were hired. Good luck!",
        "Bạn đã được tuyển. Chúc may mắn!",
        "អ្នកបានការងារហើយ។ សូមសំណាងល្អ!",
    ),
    "card_number": ("Your card number", "Số thẻ của bạn", "លេខកាតរបស់អ្នក"),
    "inset": (
        "The office is open Monday to Friday, 8 to 5.",
        "Văn phòng mở cửa từ thứ Hai đến thứ Sáu, 8 đến 17 giờ.",
        "ការិយាល័យបើកពីថ្ងៃចន្ទដល់ថ្ងៃសុក្រ ម៉ោង ៨ ដល់ ១៧។",
    ),
    "why_ask": ("Why we ask this", "Vì sao chúng tôi hỏi", "ហេតុអ្វីបានជាយើងសួរ"),
    "because": (
        "So that we suggest jobs that you can reach.",
        "Để gợi ý việc làm mà bạn có thể đi đến.",
        "ដើម្បីឱ្យយើងណែនាំការងារដែលអ្នកអាចធ្វើដំណើរទៅដល់។",
    ),
    "warning": (
        "Never pay anyone to get a job.",
        "Đừng bao giờ trả tiền để có việc làm.",
        "កុំបង់ប្រាក់ឱ្យនរណាម្នាក់ដើម្បីបានការងារ។",
    ),
    "sun": ("Good to know", "Nên biết", "គួរដឹង"),
    "care": ("Take care", "Cẩn thận", "ប្រយ័ត្ន"),
    "form": ("A form", "Một biểu mẫu", "ទម្រង់មួយ"),
    "name": ("Your name", "Tên của bạn", "ឈ្មោះរបស់អ្នក"),
    "name_hint": (
        "As you write it. One name is enough.",
        "Theo cách bạn viết. Một tên là đủ.",
        "ដូចដែលអ្នកសរសេរ។ ឈ្មោះមួយគ្រប់គ្រាន់ហើយ។",
    ),
    "born": ("When were you born?", "Bạn sinh ngày nào?", "តើអ្នកកើតនៅពេលណា?"),
    "phone": ("Phone number", "Số điện thoại", "លេខទូរស័ព្ទ"),
    "sex": ("Sex", "Giới tính", "ភេទ"),
    "woman": ("Woman", "Nữ", "ស្រី"),
    "man": ("Man", "Nam", "ប្រុស"),
    "hours": ("When can you work?", "Bạn làm việc được khi nào?", "តើអ្នកអាចធ្វើការពេលណា?"),
    "mornings": ("Mornings", "Buổi sáng", "ពេលព្រឹក"),
    "evenings": ("Evenings", "Buổi tối", "ពេលល្ងាច"),
    "pay": ("Lowest pay you would take", "Mức lương thấp nhất bạn nhận", "ប្រាក់ឈ្នួលទាបបំផុតដែលអ្នកទទួល"),
    "work": ("What work do you want?", "Bạn muốn làm việc gì?", "តើអ្នកចង់ធ្វើការងារអ្វី?"),
    "own_words": ("None of these: keep my words", "Không có: giữ lời của tôi", "គ្មានទេ៖ រក្សាពាក្យរបស់ខ្ញុំ"),
    "cook": ("Cook", "Đầu bếp", "ចុងភៅ"),
    "helper": ("Kitchen helper", "Phụ bếp", "អ្នកជំនួយក្នុងផ្ទះបាយ"),
    "distance": ("How far can you travel?", "Bạn đi xa được bao nhiêu?", "តើអ្នកអាចធ្វើដំណើរឆ្ងាយប៉ុនណា?"),
    "about": ("Anything else we should know", "Điều khác chúng tôi nên biết", "អ្វីផ្សេងទៀតដែលយើងគួរដឹង"),
    "consent": (
        "You may keep what I wrote here to find me work.",
        "Quý vị được lưu những gì tôi viết để tìm việc cho tôi.",
        "អ្នកអាចរក្សាទុកអ្វីដែលខ្ញុំសរសេរ ដើម្បីរកការងារឱ្យខ្ញុំ។",
    ),
    "area": ("Place", "Địa điểm", "ទីកន្លែង"),
    "save": ("Save and go on", "Lưu và tiếp tục", "រក្សាទុក ហើយបន្ត"),
    "remove": ("Delete", "Xóa", "លុប"),
    "cancel": ("Cancel", "Hủy", "បោះបង់"),
    "search": ("Search", "Tìm", "ស្វែងរក"),
    "change": ("Change", "Sửa", "ផ្លាស់ប្តូរ"),
    "panel": ("You are registered", "Bạn đã đăng ký", "អ្នកបានចុះឈ្មោះហើយ"),
    "skills": ("Skills", "Kỹ năng", "ជំនាញ"),
    "near": ("Distance", "Khoảng cách", "ចម្ងាយ"),
    "wish": ("Pay", "Lương", "ប្រាក់ឈ្នួល"),
    "waiting": ("waiting", "đang chờ", "កំពុងរង់ចាំ"),
    "open": ("open", "đang tuyển", "កំពុងជ្រើសរើស"),
    "baker": ("Assistant baker", "Phụ tá thợ làm bánh", "ជំនួយការអ្នកធ្វើនំ"),
    "bakery": ("Riverside Bakery", "Tiệm bánh Ven Sông", "ហាងនំមាត់ទន្លេ"),
    "warehouse": (
        "Warehouse worker, goods in and out",
        "Nhân viên kho, nhập và xuất hàng",
        "បុគ្គលិកឃ្លាំង ទទួល និងបញ្ជូនទំនិញ",
    ),
    "first_person": ("Suharto", "Nguyễn Thị Thanh Hương", "សុខ សុភា"),
    "second_person": ("Maria Cristina Bernadette dela Cruz-Villanueva", "Trần Văn Bình", "ចាន់ ដារ៉ា"),
}

LANGUAGES = ("en", "vi", "km")


def words_in(language: str) -> dict[str, str]:
    """The specimen words in English (en), Vietnamese (vi) or Khmer (km); English for any other."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {key: said[column] for key, said in WORDS.items()}
