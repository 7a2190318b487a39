"""What a browser without JavaScript would send: the values that stand in a page's form."""

from __future__ import annotations

from html.parser import HTMLParser


class _FormReader(HTMLParser):
    """Collects the controls of every form of a page with the values they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.forms: list[dict[str, list[str]]] = []
        self.fields: dict[str, list[str]] = {}
        self.select = self.textarea = ""
        self.first_option: str | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside, self.fields = True, {}
        if not self.inside:
            return
        name = held.get("name", "")
        if tag == "input" and name:
            kind = held.get("type", "text")
            if kind in {"radio", "checkbox"}:
                if "checked" in held:
                    self.fields.setdefault(name, []).append(held.get("value", "on"))
            else:
                self.fields.setdefault(name, []).append(held.get("value", ""))
        elif tag == "select":
            self.select, self.first_option = name, None
        elif tag == "option" and self.select:
            if self.first_option is None:
                self.first_option = held.get("value", "")
            if "selected" in held:
                self.fields[self.select] = [held.get("value", "")]
        elif tag == "textarea":
            self.textarea, self.words = name, ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            self.fields.setdefault(self.select, [self.first_option or ""])
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.fields[self.textarea] = [self.words.removeprefix("\n")]
            self.textarea = ""
        elif tag == "form":
            self.inside = False
            self.forms.append(self.fields)


def standing_in(html: str, control: str) -> dict[str, list[str]]:
    """The values of the form that holds a control of this name."""
    reader = _FormReader()
    reader.feed(html)
    return next(fields for fields in reader.forms if control in fields)
