"""The forms of "what fits me": a page of questions, the cards of what matters, and the five on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.interests.items import Item
from openpes.interests.rules import TOP_CARDS
from openpes.interests.states import Weight
from openpes.interests.words import ANSWER, CARD, FACE, REASON, WEIGHT
from openpes.web.forms import OpenpesForm, with_look

SAY_ONE = {"required": REASON["answers_missing"]}


class QuestionsForm(OpenpesForm):
    """Some questions with five answers each."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(code), f"{FACE[code]} {words}") for code, words in ANSWER.items()]
        for one in items:
            field = forms.ChoiceField(
                label=one.words, choices=choices, widget=forms.RadioSelect, error_messages=SAY_ONE
            )
            self.fields[one.code] = with_look(field, inline=True, small=True)
            self._dress(one.code, field)


class CardsForm(OpenpesForm):
    """Twenty cards, each laid on one of three heaps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for card, words in CARD.items():
            field = forms.ChoiceField(
                label=words,
                choices=[(weight.value, told) for weight, told in WEIGHT.items()],
                widget=forms.RadioSelect,
                error_messages={"required": REASON["cards_missing"]},
            )
            self.fields[card] = with_look(field, inline=True, small=True)
            self._dress(card, field)


class TopForm(OpenpesForm):
    """What matters most, second, and so on; each place may stay empty."""

    mark_optional = False

    def __init__(self, *args: Any, sorting: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = [card for weight in (Weight.VERY, Weight.SOME) for card in CARD if sorting.get(card) == weight]
        choices = [("", "—"), *[(card, CARD[card]) for card in order]]
        for place in range(1, TOP_CARDS + 1):
            name = f"top{place}"
            self.fields[name] = forms.ChoiceField(
                label=_("Number %(number)s") % {"number": place}, choices=choices, required=False
            )
            self._dress(name, self.fields[name])

    def chosen(self) -> list[str]:
        """The cards in order; one that is named twice counts once."""
        named = [self.cleaned_data.get(f"top{place}", "") for place in range(1, TOP_CARDS + 1)]
        return list(dict.fromkeys(card for card in named if card))
