"""What somebody can expect: the same figures on pages as in texts (see `journeys.expectations`)."""

from openpes.journeys.expectations import Expectation, band_words, expectation_of, expectations_of, reach_of

__all__ = ["Expectation", "band_words", "expectation_of", "expectations_of", "reach_of"]
