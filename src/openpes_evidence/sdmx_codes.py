"""Codes that statistical offices share: key order and code lists of the ILO's flows, and how ours map onto them."""

from __future__ import annotations

from collections.abc import Mapping

# The order of the ILO's keys, and the time after them.
DIMENSIONS = ("REF_AREA", "FREQ", "MEASURE", "SEX", "AGE")
TIME = "TIME_PERIOD"
AGENCY, VERSION = "ILO", "1.0"

SEX: Mapping[str, str] = {"SEX_T": "Total", "SEX_M": "Male", "SEX_F": "Female", "SEX_O": "Other", "SEX_U": "Not said"}
AGE: Mapping[str, str] = {
    "AGE_YTHADULT_YGE15": "15 and over",
    "AGE_YTHADULT_Y15-24": "15 to 24",
    "AGE_YTHADULT_YGE25": "25 and over",
    "AGE_AGGREGATE_TOTAL": "All ages",
    "AGE_10YRBANDS_Y15-24": "15 to 24",
    "AGE_10YRBANDS_Y25-34": "25 to 34",
    "AGE_10YRBANDS_Y35-44": "35 to 44",
    "AGE_10YRBANDS_Y45-54": "45 to 54",
    "AGE_10YRBANDS_Y55-64": "55 to 64",
    "AGE_10YRBANDS_YGE65": "65 and over",
    "AGE_5YRBANDS_Y15-19": "15 to 19",
    "AGE_5YRBANDS_Y20-24": "20 to 24",
    "AGE_5YRBANDS_Y25-29": "25 to 29",
    "AGE_UNKNOWN": "Not known",
}
FREQ: Mapping[str, str] = {"A": "Annual", "Q": "Quarterly", "M": "Monthly"}
OBS_STATUS: Mapping[str, str] = {
    "A": "Normal value",
    "B": "Break in time series",
    "E": "Estimated value",
    "M": "Missing value",
    "Q": "Suppressed for confidentiality",
    "U": "Low reliability",
}


def sex_code(sex: str) -> str:
    """Ours ("female", "male", "other", "not_said", "total") as the shared code."""
    codes = {"total": "SEX_T", "female": "SEX_F", "male": "SEX_M", "other": "SEX_O", "not_said": "SEX_U"}
    return codes.get(sex, "SEX_U")


def age_code(band: str) -> str:
    """Ours ("total", "15-19", "25-34", "65+", "") as the shared code; raises ValueError for a band nobody shares."""
    if band == "total":
        return "AGE_AGGREGATE_TOTAL"
    if band in ("", "unknown", "not_said"):
        return "AGE_UNKNOWN"
    ending = f"GE{band[:-1]}" if band.endswith("+") else band
    for family in ("AGE_5YRBANDS_Y", "AGE_10YRBANDS_Y", "AGE_YTHADULT_Y"):
        if family + ending in AGE:
            return family + ending
    raise ValueError(f"The age band {band} is in no shared code list. Use five- or ten-year bands from 15 on.")
