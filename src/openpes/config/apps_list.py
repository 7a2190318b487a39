"""The rooms in river order, from the bedrock up. Settings, the house tests and the commands read this one list."""

ROOMS = (
    "core",
    "reference",
    "people",
    "organisations",
    "messaging",
    "jobseekers",
    "vacancies",
    "imports",
    "matching",
    "circumstances",
    "appointments",
    "guidance",
    "casework",
    "referrals",
    "placements",
    "complaints",
    "insights",
)
