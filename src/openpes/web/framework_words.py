"""Sentences of the framework that readers of our pages meet, so that our catalogues hold them.

The framework brings translations of its own into many languages, and none into Tetum, Fijian, Fiji Hindi, Lao or
Filipino. What is written here is only collected; the framework says it, and finds it in our catalogue first.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

FRAMEWORK = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("This password is too common."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)
