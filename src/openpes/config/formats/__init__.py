"""Formats of numbers and dates for languages that the framework has none for, or has other ones than readers know."""
