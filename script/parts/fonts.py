"""Cut each font of the papers down to the signs that openpes prints, and say how large they all are."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent.parent / "src" / "openpes"
TARGET = ROOT / "reference" / "fonts"
DEBIAN = Path("/usr/share/fonts")
# Marks that every script's text uses beside its own letters.
COMMON = {
    *range(0x20, 0x7F),
    0xA0,
    0xB7,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2022,
    0x2026,
    0x200B,
    0x200C,
    0x200D,
    0x25CC,
}
SMALL = {
    "Bengali": {*range(0x0980, 0x0A00), 0x0964, 0x0965},
    "Devanagari": {*range(0x0900, 0x0980), *range(0xA8E0, 0xA900)},
    "Khmer": {*range(0x1780, 0x1800), *range(0x19E0, 0x1A00)},
    "Lao": {*range(0x0E80, 0x0F00)},
    "Thai": {*range(0x0E00, 0x0E80)},
}
LATIN = {
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2BB, 0x2BD), *range(0x300, 0x370), *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2028), *range(0x2030, 0x203B), *range(0x20A0, 0x20C0), 0x2116, 0x2122, 0x2190, 0x2192, 0x2212,
    *range(0x400, 0x530),
}  # fmt: skip
# The place of a language's letterforms in the one file that holds them all.
CJK = {"KR": (1, "euc_kr", range(0xB0, 0xC9)), "SC": (2, "gb2312", range(0xB0, 0xD8))}


def common_signs(codec: str, rows: range) -> set[int]:
    """The syllables of KS X 1001, or the sinographs of the first level of GB 2312: what a school teaches."""
    signs = set()
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                signs.add(ord(bytes((row, cell)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return signs


def written_signs() -> set[int]:
    """Every sign in our catalogues, names and packs."""
    files = [
        *ROOT.glob("locale/*/LC_MESSAGES/django.po"), *ROOT.glob("reference/data/*.csv"),
        *ROOT.glob("demo/names/*.txt"),
        *ROOT.parent.glob("openpes_countries/packs/*/*.yaml"), *ROOT.parent.glob("openpes_countries/packs/*/*/*.yaml"),
    ]  # fmt: skip
    return {ord(sign) for file in files for sign in file.read_text(encoding="utf-8")}


def cut(source: Path, target: str, signs: set[int], *, number: int = -1, features: str = "*") -> None:
    """One font with these signs only."""
    options = subset.Options()
    options.hinting, options.desubroutinize, options.notdef_outline = False, False, True
    options.layout_features = features.split(",")
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    font = TTFont(source, fontNumber=number, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(signs))
    cutter.subset(font)
    font.save(TARGET / target)
    font.close()


def main() -> int:
    """Make every file. Idempotent."""
    for weight in ("Regular", "Bold"):
        cut(DEBIAN / f"truetype/noto/NotoSans-{weight}.ttf", f"NotoSans-{weight}.ttf", LATIN)
        for script, block in SMALL.items():
            name = f"NotoSans{script}-{weight}.ttf"
            cut(DEBIAN / "truetype/noto" / name, name, block | COMMON)
    written = written_signs()
    for region, (number, codec, rows) in CJK.items():
        blocks = [*range(0x3000, 0x3040), *range(0xFF00, 0xFFF0)]
        own = {sign for sign in written if (0x4E00 <= sign < 0xA000 if region == "SC" else 0xAC00 <= sign < 0xD7B0)}
        signs = common_signs(codec, rows) | own | COMMON | set(blocks)
        cut(
            DEBIAN / "opentype/noto/NotoSansCJK-Regular.ttc", f"NotoSansCJK{region}-Regular.otf", signs,
            number=number, features="kern,liga,ccmp,locl,mark",
        )  # fmt: skip
    files = sorted(TARGET.glob("*.[ot]tf"))
    print(*(f"{file.stat().st_size // 1000:6} kB  {file.name}" for file in files), sep="\n", file=sys.stderr)
    print(f"{sum(file.stat().st_size for file in files) / 1e6:6.1f} MB in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
