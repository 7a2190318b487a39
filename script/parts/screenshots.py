"""Walk a running demonstration as each role and take the pictures that the README shows."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1280, "height": 860}
# (who walks in, name of the picture, address, viewport). A link text after ">" is followed first.
WALKS = (
    ("", "front-page", "/", PHONE),
    ("jobseeker-1", "jobseeker-home", "/me/", PHONE),
    ("jobseeker-1", "jobseeker-why", "/me/jobs/>first", PHONE),
    ("employer-1", "employer-home", "/employer/", PHONE),
    ("counsellor-1-1", "counsellor-today", "/desk/", DESK),
    ("counsellor-1-1", "counsellor-match", "/desk/find/?text=Luzviminda>person>match", DESK),
    ("analyst", "month-in-figures", "/figures/", DESK),
    ("", "rules-in-force", "/rules/", DESK),
)


def walk_in(page: Page, base: str, username: str) -> None:
    """Sign in by the demonstration's door."""
    page.goto(f"{base}/demo/")
    page.locator(f"form:has(input[value='{username}']) button").first.click()


def follow(page: Page, step: str) -> None:
    """Follow one link of the page: the first card, the first person, or the matches."""
    wanted = {"first": "main .op-card a", "person": "main a[href*='/desk/people/']", "match": "main a[href$='/match/']"}
    found = page.locator(wanted[step])
    if found.count():
        found.first.click()


def main(base: str) -> int:
    """Take every picture. 2 when the service does not answer or there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("There is no Chromium here. Install it: apt install chromium", file=sys.stderr)
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for username, name, address, viewport in WALKS:
            context = browser.new_context(viewport=viewport, java_script_enabled=False)
            page = context.new_page()
            if username:
                walk_in(page, base, username)
            where, *steps = re.split(">", address)
            page.goto(base + where)
            for step in steps:
                follow(page, step)
            page.screenshot(path=TARGET / f"{name}.png")
            print(f"{name}: {page.url.removeprefix(base)}", file=sys.stderr)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1].rstrip("/")))
