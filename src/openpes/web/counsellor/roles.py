"""Who sits at the desk."""

PEOPLE_DESK = ("counsellor", "office_manager")
JOBS_DESK = ("counsellor", "office_manager", "employer_adviser")
