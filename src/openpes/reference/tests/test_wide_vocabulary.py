"""A vocabulary of 14,000 skills costs the matching no more than our own: what counts is what people and jobs list."""

from tests.bench import vocabulary


def test_a_wide_vocabulary_costs_no_more():
    found = vocabulary.measure(people=1_500, vacancies=4_000)
    assert found["ratio"] < 1.35, found
