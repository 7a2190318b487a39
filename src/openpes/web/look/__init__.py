"""The look: Sass sources, and the arithmetic of the drawn pieces."""
