"""The seven terms of the score, one file each.

Each file holds the rule three times: in words (docstring), as the slow twin `part` in plain NumPy for any pairs, and
as a function of one pair that the kernels compile. A part lies between 0 and 255. `part(..., p, v)` takes row
numbers of the two tables that broadcast against each other.
"""

from openpes_matching.features import (
    distance,
    education,
    experience,
    languages,
    occupation,
    skills,
    wage,
)

__all__ = ["distance", "education", "experience", "languages", "occupation", "skills", "wage"]
