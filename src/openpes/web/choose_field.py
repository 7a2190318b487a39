"""Find one of many in two steps without JavaScript: words first, then the proposals as radios."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openpes.web.fields import PartsWidget, Words

CHOOSE_NOTHING = "-"


@dataclass(frozen=True)
class Proposal:
    """One thing the service offers after a search. ``exact``: so sure that it is taken without asking."""

    code: str
    label: Words
    hint: Words = ""
    exact: bool = False


@dataclass(frozen=True)
class Chosen:
    """What came of a search: the words typed and the code chosen (empty: the person kept their own words)."""

    text: str
    code: str = ""
    label: Words = ""


class SearchThenChooseWidget(PartsWidget):
    """A text box; once something was typed, the proposals below it as radios."""

    template_name = "openpes/forms/widgets/search_then_choose.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        self.propose: Callable[[str], Sequence[Proposal]] = lambda _text: ()
        self.own_words_label: Words = ""
        self.nothing_found = False
        super().__init__({"text": forms.TextInput(), "code": forms.TextInput()}, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if isinstance(value, Chosen):
            return [value.text, value.code]
        return [value or None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text, code = (value if isinstance(value, list) else self.decompress(value))[:2]
        box, hidden = context["widget"]["subwidgets"]
        box["attrs"]["class"] = "govuk-input govuk-input--error" if self.nothing_found else "govuk-input"
        if self.nothing_found:
            box["attrs"]["aria-invalid"] = "true"
        box["attrs"]["autocomplete"] = "off"
        offered = [(p.code, p.label, p.hint) for p in self.propose(text)] if text else []
        if offered and self.own_words_label:
            offered.append((CHOOSE_NOTHING, self.own_words_label, ""))
        context["widget"]["offered"] = [
            {"value": key, "label": label, "hint": hint, "checked": key == code} for key, label, hint in offered
        ]
        context["widget"]["code_name"] = hidden["name"]
        context["widget"]["code_id"] = hidden["attrs"].get("id", hidden["name"])
        return context

    def id_in_error(self, id_: str) -> str:
        return f"{id_}_text"


class SearchThenChooseField(forms.MultiValueField):
    """Find one of many (areas, occupations) in two steps, without JavaScript.

    First the person types words. If ``propose(words)`` holds one exact proposal it is taken; otherwise
    the form comes back with the proposals as radios under the box. Cleans to :class:`Chosen` or None.
    With ``own_words`` set, a last choice keeps the words without a code.
    """

    default_error_messages = {
        "choose": _("Choose the one you mean from the list."),
        "nothing_found": _("We found nothing for “%(text)s”. Try another word or check the spelling."),
    }

    def __init__(
        self,
        *,
        propose: Callable[[str], Sequence[Proposal]] | None = None,
        own_words: Words = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", SearchThenChooseWidget())
        boxes = [forms.CharField(required=False), forms.CharField(required=False)]
        super().__init__(boxes, require_all_fields=False, **kwargs)
        self.own_words = own_words
        self.widget.own_words_label = own_words
        if propose is not None:
            self.set_propose(propose)

    def set_propose(self, propose: Callable[[str], Sequence[Proposal]]) -> None:
        """Set the search, for example in the form's ``__init__`` with the reader's language."""
        self.widget.propose = propose

    def clean(self, value: Any) -> Chosen | None:
        if isinstance(value, Chosen):
            return value
        typed = [str(part or "").strip() for part in (value or ["", ""])]
        self.widget.nothing_found = False
        text, code = unicodedata.normalize("NFC", typed[0]), typed[1]
        if not text:
            if self.required:
                self.widget.nothing_found = True
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        offered: Mapping[str, Proposal] = {p.code: p for p in self.widget.propose(text)}
        if code in offered:
            return Chosen(text, code, offered[code].label)
        if self.own_words and (code == CHOOSE_NOTHING or not offered):
            return Chosen(text)
        exact = [p for p in offered.values() if p.exact]
        if len(exact) == 1:
            return Chosen(text, exact[0].code, exact[0].label)
        if offered:
            raise ValidationError(self.error_messages["choose"], code="choose")
        self.widget.nothing_found = True
        raise ValidationError(self.error_messages["nothing_found"], code="nothing_found", params={"text": text})

    def compress(self, data_list: Sequence[Any]) -> Chosen | None:
        return self.clean(data_list)
