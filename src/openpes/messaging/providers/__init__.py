"""One folder a provider. A provider has `send(number, text, message_id, at) -> provider_ref` and raises on failure."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast


class Provider(Protocol):
    """What takes a text to a phone."""

    NAME: str

    def send(self, *, number: str, text: str, message_id: int, at: datetime) -> str:
        """Hand a text over; returns the provider's own reference. Raises when it was not taken."""
        ...


def provider(name: str) -> Provider:
    """The provider with this name. Raises LookupError with the mend."""
    try:
        module = import_module(f"openpes.messaging.providers.{name}")
    except ModuleNotFoundError as error:
        raise LookupError(f"There is no text message provider {name!r}. Set OPENPES_SMS_PROVIDER=screen.") from error
    return cast(Provider, module)
