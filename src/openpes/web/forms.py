"""Forms that look and speak like openpes.

A page writes an ordinary Django form on :class:`OpenpesForm` and prints each field with
``{{ form.name.as_field_group }}``: label, hint, error and control come out with the links between
them that a screen reader needs. ``{% error_summary form %}`` at the top of the page links to each
field in error. Nothing typed is lost when a form comes back.

The special fields (dates, phones, pay, digits, search then choose) live in :mod:`openpes.web.fields`,
:mod:`openpes.web.date_field` and :mod:`openpes.web.choose_field` and are re-exported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from openpes.web.choose_field import CHOOSE_NOTHING, Chosen, Proposal, SearchThenChooseField
from openpes.web.date_field import PlainDateField, PlainDateWidget
from openpes.web.fields import ClockField, DigitsCharField, MoneyField, PhoneField, fold_digits
from openpes.web.typed_before import value_before

__all__ = [
    "CHOOSE_NOTHING",
    "Chosen",
    "ClockField",
    "DigitsCharField",
    "FieldLook",
    "MoneyField",
    "OpenpesBoundField",
    "OpenpesForm",
    "OpenpesRenderer",
    "PhoneField",
    "PlainDateField",
    "PlainDateWidget",
    "Proposal",
    "SearchThenChooseField",
    "fold_digits",
    "with_look",
]

# What a browser may fill in for people who write about themselves (WCAG 1.3.5).
AUTOCOMPLETE_BY_NAME = {
    "name": "name",
    "full_name": "name",
    "given_name": "given-name",
    "family_name": "family-name",
    "phone": "tel",
    "email": "email",
    "username": "username",
    "password": "current-password",
    "new_password": "new-password",
    "one_time_code": "one-time-code",
    "organisation": "organization",
    "address": "street-address",
    "postcode": "postal-code",
}


@dataclass(frozen=True)
class FieldLook:
    """How one field is laid out.

    ``heading``: the label is the page's h1 (one-question pages). ``size``: label size s, m, l or xl.
    ``width``: characters the box should look wide enough for (2, 3, 4, 5, 10, 20 or 30).
    ``prefix``/``suffix``: short text set beside the box, such as a currency or "km".
    ``inline``: choices beside each other. ``small``: small radios or checkboxes, for filters.
    ``choice_hints``: choice value -> hint below that choice.
    """

    heading: bool = False
    size: str = "s"
    width: int | None = None
    prefix: str | Promise = ""
    suffix: str | Promise = ""
    inline: bool = False
    small: bool = False
    choice_hints: dict[str, str | Promise] | None = None


def with_look(field: forms.Field, **look: Any) -> Any:
    """The same field with a :class:`FieldLook`: ``name = with_look(CharField(), width=20, heading=True)``."""
    field.look = FieldLook(**look)  # type: ignore[attr-defined]
    return field


class OpenpesRenderer(DjangoTemplates):
    """Finds field and widget templates in ``templates/openpes/forms`` before Django's own."""

    form_template_name = "openpes/forms/form.html"
    field_template_name = "openpes/forms/field.html"


class OpenpesBoundField(forms.BoundField):
    """A field of a form on the page, with the ids that tie label, hint, error and control together."""

    @property
    def look(self) -> FieldLook:
        return getattr(self.field, "look", FieldLook())

    @property
    def kind(self) -> str:
        """``fieldset`` for groups of controls, ``checkbox`` for one box to tick, ``control`` for the rest."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "fieldset" if widget.use_fieldset else "control"

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}_hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def shows_optional(self) -> bool:
        """Optional fields say so in their label; a box to tick is never "optional" in words."""
        return not self.field.required and self.kind != "checkbox" and self.form.mark_optional  # type: ignore[attr-defined]

    @property
    def aria_describedby(self) -> str:
        parts = []
        if self.help_text:
            parts.append(self.hint_id)
        if self.errors:
            parts.append(self.error_id)
        return " ".join(parts)

    @property
    def id_for_error_link(self) -> str:
        """The control the error summary jumps to: the first of a group, the wrong part of a date."""
        find = getattr(self.field.widget, "id_in_error", None)
        if find is not None:
            return find(self.auto_id)
        widget = self.field.widget
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return widget.id_for_label(self.auto_id, index="0")
        return self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        used = widget or self.field.widget
        built = super().build_widget_attrs(attrs, used)
        if self.kind == "fieldset":
            # The fieldset carries the description; repeating it on each control is noise.
            built.pop("aria-invalid", None)
            built.pop("aria-describedby", None)
            return built
        classes = [control_class(used)]
        if self.errors and classes[0]:
            classes.append(f"{classes[0]}--error")
        if self.look.width and classes[0] == "govuk-input":
            classes.append(f"govuk-input--width-{self.look.width}")
        own = used.attrs.get("class", "")
        merged = " ".join(part for part in [*classes, own] if part)
        if merged:
            built["class"] = merged
        return built


class _ChoicesLook:
    """Radios or checkboxes drawn in the openpes look; mixed into Django's own widgets."""

    choice_kind = "radios"
    look = FieldLook()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)  # type: ignore[misc]
        hints = self.look.choice_hints or {}
        context["widget"].update(choice_kind=self.choice_kind, inline=self.look.inline, small=self.look.small)
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["hint"] = hints.get(str(option["value"]), "")
        return context


class Radios(_ChoicesLook, forms.RadioSelect):
    """One answer of several."""

    template_name = "openpes/forms/widgets/choices.html"


class Checkboxes(_ChoicesLook, forms.CheckboxSelectMultiple):
    """Several answers of several."""

    template_name = "openpes/forms/widgets/choices.html"
    choice_kind = "checkboxes"


def choices_widget(stock: forms.RadioSelect | forms.CheckboxSelectMultiple, look: FieldLook) -> forms.Widget:
    """The stock widget's choices in our look."""
    kind = Checkboxes if isinstance(stock, forms.CheckboxSelectMultiple) else Radios
    dressed = kind(attrs=stock.attrs, choices=stock.choices)
    dressed.look = look
    dressed.is_required = stock.is_required
    return dressed


def control_class(widget: forms.Widget) -> str:
    """The class a plain control wears, empty for controls that draw themselves."""
    if isinstance(widget, forms.HiddenInput):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return ""
    if isinstance(widget, forms.Select):
        return "govuk-select"
    return "govuk-input" if isinstance(widget, Input) else ""


DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


class OpenpesForm(forms.Form):
    """A form whose fields print themselves in the openpes look.

    ``about_self``: True when people write about themselves, so their browser may fill in what it knows;
    False at a counsellor's desk, where it must not offer the last visitor's data.
    ``mark_optional``: say "(optional)" after the label of fields that may stay empty.
    """

    default_renderer = OpenpesRenderer
    bound_field_class = OpenpesBoundField
    use_required_attribute = False
    about_self = True
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._dress(name, field)

    def _dress(self, name: str, field: forms.Field) -> None:
        widget = field.widget
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            widget = field.widget = choices_widget(widget, getattr(field, "look", FieldLook()))
        if isinstance(widget, Input) and not isinstance(widget, (forms.CheckboxInput, forms.FileInput)):
            known = AUTOCOMPLETE_BY_NAME.get(name)
            if not self.about_self:
                widget.attrs.setdefault("autocomplete", "off")
            elif known:
                widget.attrs.setdefault("autocomplete", known)
        if isinstance(widget, forms.NumberInput):
            # Spin buttons lose what people typed when they scroll; a text box with a number pad does not.
            widget.input_type = "text"
            whole = isinstance(field, forms.IntegerField) and not isinstance(
                field, (forms.FloatField, forms.DecimalField)
            )
            widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
        if isinstance(field, (forms.CharField, forms.IntegerField)) and isinstance(widget, forms.EmailInput):
            widget.attrs.setdefault("spellcheck", "false")
        if isinstance(widget, PlainDateWidget) and not self.about_self:
            widget.offer_autocomplete = False

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What was typed before a cut and is given back comes before what the page would have shown."""
        was_typed, value = value_before(self, field_name, field)
        return value if was_typed else super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        # Late, because forms may set labels after the fields are made.
        for field in self.fields.values():
            if field.required and str(field.error_messages.get("required")) == str(DJANGO_REQUIRED):
                field.error_messages["required"] = required_message(field)
        super().full_clean()

    def add_summary_error(self, message: str | Promise) -> None:
        """An error about the whole form; shown in the summary without a link."""
        self.add_error(None, str(message))


_FILL_IN = gettext_lazy("Fill in “%(label)s”.")
_CHOOSE = gettext_lazy("Choose an answer for “%(label)s”.")
_TICK = gettext_lazy("Tick the box to go on: “%(label)s”.")


def required_message(field: forms.Field) -> str:
    """What to say when a required field came back empty: names the field and says what to do."""
    label = str(field.label or "").rstrip(".។ ")
    if isinstance(field, forms.BooleanField):
        return str(_TICK) % {"label": label}
    if isinstance(field, forms.ChoiceField):
        return str(_CHOOSE) % {"label": label}
    return str(_FILL_IN) % {"label": label}
