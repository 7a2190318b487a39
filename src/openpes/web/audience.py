"""Each view says for whom it is. The words are the same at every door, and lie in the bedrock."""

from openpes.core.audience import Audience, Door, audience

__all__ = ["Audience", "Door", "audience"]
