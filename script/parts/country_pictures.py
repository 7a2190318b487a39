"""Bring up each country's demonstration in turn; take its front page and a jobseeker's page, in its language."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "docs" / "pictures" / "countries"
PHONE = {"width": 360, "height": 760}
# The language of the pictures: the first national one.
COUNTRIES = {
    "bd": "bn", "cn": "zh-hans", "fj": "fj", "id": "id", "in": "hi", "kh": "km", "kr": "ko", "la": "lo", "mn": "mn",
    "my": "ms", "np": "ne", "ph": "fil", "th": "th", "tl": "tet", "vn": "vi",
}  # fmt: skip
# The fonts of the project: the pictures must not depend on what the machine happens to have.
FONTS = ROOT / "src" / "openpes" / "reference" / "fonts"
LARGEST = 60_000
PATIENCE = 300
_TO_WEBP = """async ([data, quality]) => {
  const picture = new Image(); picture.src = data; await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width; canvas.height = picture.height;
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


class Demonstration:
    """One country's service while its pictures are taken."""

    def __init__(self, country: str, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = data / "log"
        data.mkdir(parents=True, exist_ok=True)
        asked = {
            "OPENPES_COUNTRY": country.upper(), "OPENPES_PORT": str(port), "OPENPES_DATA": str(data),
            "OPENPES_WORKERS": "1",
        }  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [ROOT / "script" / "run"], env=os.environ | asked, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Until the demonstration's door shows whom one may enter as. Raises RuntimeError with the end of the log."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/demo/", timeout=20) as page:
                    if b"jobseeker-1" in page.read():
                        return
            except OSError:
                pass
            time.sleep(1)
        raise RuntimeError(self.log.read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """As somebody at the terminal would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def keep(browser: Browser, picture: bytes, path: Path) -> int:
    """Write a picture as WebP, as good as the size allows. Returns its size."""
    page = browser.new_page()
    data = "data:image/png;base64," + base64.b64encode(picture).decode()
    small = b""
    for quality in (0.82, 0.7, 0.55, 0.4):
        small = base64.b64decode(page.evaluate(_TO_WEBP, [data, quality]))
        if len(small) < LARGEST:
            break
    page.close()
    path.write_bytes(small)
    return len(small)


def take(browser: Browser, address: str, country: str, language: str) -> None:
    """Both pictures of a country."""
    for name, username, path in (("front", "", "/"), ("jobseeker", "jobseeker-1", "/me/")):
        context = browser.new_context(viewport=PHONE, java_script_enabled=False, device_scale_factor=1.5)
        page: Page = context.new_page()
        if username:
            page.goto(f"{address}/demo/")
            page.locator(f"form:has(input[value='{username}']) button").first.click()
        page.goto(f"{address}/language/?lang={language}&next={path}")
        spoken = page.locator("html").get_attribute("lang")
        size = keep(browser, page.screenshot(), TARGET / f"{country}-{name}.webp")
        print(f"{country}-{name}: {spoken}, {size // 1000} kB", file=sys.stderr)
        context.close()


def own_fonts(folder: Path) -> dict[str, str]:
    """The environment in which a browser draws with the fonts of the project."""
    setting = folder / "fonts.conf"
    prefer = "".join(f"<family>{family}</family>" for family in ("Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK KR"))
    setting.write_text(
        f"<fontconfig><dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{folder / 'fonts'}</cachedir>"
        f"<alias><family>sans-serif</family><prefer>{prefer}</prefer></alias></fontconfig>",
        encoding="utf-8",
    )
    return os.environ | {"FONTCONFIG_FILE": str(setting)}


def main(chosen: list[str]) -> int:
    """Take the pictures of the chosen countries, else of all. 1 when one did not come up, 2 no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("There is no Chromium here. Install it: apt install chromium", file=sys.stderr)
        return 2
    if unknown := set(chosen) - set(COUNTRIES):
        print(f"There is no country {', '.join(sorted(unknown))}. Known: {', '.join(COUNTRIES)}.", file=sys.stderr)
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    failed = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        fonts = own_fonts(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], env=fonts)
        for country in chosen or COUNTRIES:
            running = Demonstration(country, Path(folder) / country)
            try:
                running.wait()
                take(browser, running.address, country, COUNTRIES[country])
            except RuntimeError as error:
                print(f"{country} did not come up: {error}", file=sys.stderr)
                failed.append(country)
            finally:
                running.stop()
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main([code.lower() for code in sys.argv[1:]]))
