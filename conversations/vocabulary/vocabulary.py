"""The vocabularies. Keys are for ever: they are stored and exported; labels are only for reading."""

from conversations.language.words import labelled
from conversations.vocabulary.choices import Choice

STATUS = (
    Choice("planned", labelled("status", "Planned")),
    Choice("running", labelled("status", "Running")),
    Choice("finished", labelled("status", "Finished")),
    Choice("paused", labelled("status", "Paused")),
)
"""How far an initiative has come."""

STAGES = (*STATUS, Choice("stopped", labelled("status", "Dropped")))
"""The same, and a plan that was dropped: it is told afterwards, and can be taken up again."""

THEMES = (
    Choice("employment_readiness", labelled("theme", "Job skills")),
    Choice("internships_jobs", labelled("theme", "Work placements and jobs")),
    Choice("language_cafe", labelled("theme", "Language café")),
    Choice("language_course", labelled("theme", "Language course")),
    Choice("local_integration", labelled("theme", "Local integration")),
    Choice("school_cooperation", labelled("theme", "Work with schools")),
    Choice("cultural_exchange", labelled("theme", "Cultural exchange")),
    Choice("homework_help", labelled("theme", "Homework help")),
    Choice("reading_group", labelled("theme", "Reading group")),
    Choice("early_literacy", labelled("theme", "Early reading")),
    Choice("digital_inclusion", labelled("theme", "Digital inclusion")),
    Choice("home_delivery", labelled("theme", "Home delivery")),
    Choice("outreach", labelled("theme", "Mobile library and outreach")),
    Choice("loan_collections", labelled("theme", "Book collections on loan")),
    Choice("conversation_contact", labelled("theme", "Phone calls and chats")),
    Choice("online_events", labelled("theme", "Online events")),
    Choice("wellbeing_loneliness", labelled("theme", "Well-being and loneliness")),
    Choice("study_space", labelled("theme", "Study space")),
    Choice("democracy_citizenship", labelled("theme", "Democracy")),
    Choice("civic_information", labelled("theme", "Help with online services")),
    Choice("multilingual_collection", labelled("theme", "Books in many languages")),
    Choice("accessibility", labelled("theme", "Access for all")),
    Choice("intergenerational", labelled("theme", "Across generations")),
    Choice("local_community_life", labelled("theme", "Community life")),
    Choice("staff_network", labelled("theme", "Staff networks")),
    Choice("advocacy", labelled("theme", "Showing the library’s value")),
    Choice("other", labelled("theme", "Other")),
)
"""What an initiative is about."""

ROLES = (
    Choice("learning_centre", labelled("role", "Learning centre")),
    Choice("democratic_greenhouse", labelled("role", "Space for democracy")),
    Choice("cultural_meeting_place", labelled("role", "Cultural meeting place")),
)
"""The three sides of the library that the 2009 agreement with the integration councils names."""

TARGET_GROUPS = (
    Choice("refugees", labelled("target group", "Refugees")),
    Choice("asylum_seekers", labelled("target group", "Asylum seekers")),
    Choice("immigrants", labelled("target group", "Immigrants")),
    Choice("ethnic_minorities", labelled("target group", "Ethnic minorities")),
    Choice("roma", labelled("target group", "Roma")),
    Choice("newcomers_expats", labelled("target group", "Newcomers")),
    Choice("bilingual_children", labelled("target group", "Bilingual children")),
    Choice("children", labelled("target group", "Children")),
    Choice("young_people", labelled("target group", "Young people")),
    Choice("vulnerable_children", labelled("target group", "Vulnerable children and teens")),
    Choice("families", labelled("target group", "Families")),
    Choice("foster_families", labelled("target group", "Foster families")),
    Choice("girls", labelled("target group", "Girls")),
    Choice("boys", labelled("target group", "Boys")),
    Choice("women", labelled("target group", "Women")),
    Choice("men", labelled("target group", "Men")),
    Choice("jobseekers", labelled("target group", "Job seekers")),
    Choice("older_people", labelled("target group", "Older people")),
    Choice("nursing_home_residents", labelled("target group", "Care home residents")),
    Choice("lonely_people", labelled("target group", "People who are lonely")),
    Choice("people_with_disabilities", labelled("target group", "People with disabilities")),
    Choice("people_ill", labelled("target group", "People who are ill")),
    Choice("non_readers", labelled("target group", "Non-readers")),
    Choice("students", labelled("target group", "Students")),
    Choice("vulnerable_residents", labelled("target group", "People in disadvantaged areas")),
    Choice("prisoners", labelled("target group", "People in prison")),
    Choice("homeless_people", labelled("target group", "Homeless people")),
    Choice("people_with_dementia", labelled("target group", "People with dementia")),
    Choice("adults", labelled("target group", "Adults")),
    Choice("staff", labelled("target group", "Library staff")),
    Choice("general_public", labelled("target group", "Everyone")),
)
"""Whom an initiative is for: groups, never persons."""

PARTNER_TYPES = (
    Choice("integration_council", labelled("partner", "Integration council")),
    Choice("municipal_department", labelled("partner", "Council or municipality")),
    Choice("job_centre", labelled("partner", "Job centre")),
    Choice("housing_association", labelled("partner", "Housing association")),
    Choice("ngo", labelled("partner", "Charity or voluntary group")),
    Choice("volunteer_centre", labelled("partner", "Volunteer centre")),
    Choice("school", labelled("partner", "School")),
    Choice("kindergarten", labelled("partner", "Preschool or kindergarten")),
    Choice("adult_education", labelled("partner", "Adult or language school")),
    Choice("care_home", labelled("partner", "Care home")),
    Choice("health_service", labelled("partner", "Health service")),
    Choice("social_work", labelled("partner", "Social services")),
    Choice("business", labelled("partner", "Business")),
    Choice("trade_union", labelled("partner", "Trade union")),
    Choice("association", labelled("partner", "Local association")),
    Choice("other_library", labelled("partner", "Another library")),
    Choice("library_association", labelled("partner", "Library association")),
    Choice("national_agency", labelled("partner", "National agency")),
    Choice("university", labelled("partner", "University or research")),
    Choice("funder", labelled("partner", "Foundation or funder")),
    Choice("embassy", labelled("partner", "Embassy")),
    Choice("prison", labelled("partner", "Prison")),
    Choice("media", labelled("partner", "Media")),
    Choice("museum_culture", labelled("partner", "Museum or cultural institution")),
    Choice("faith_community", labelled("partner", "Church or faith community")),
    Choice("police", labelled("partner", "Police")),
    Choice("other", labelled("partner", "Other")),
    Choice("none", labelled("partner", "Nobody else")),
)
"""Kinds of partners."""

EVIDENCE_TYPES = (
    Choice("statistics", labelled("evidence", "Our own figures")),
    Choice("satisfaction", labelled("evidence", "Satisfaction survey")),
    Choice("impact_survey", labelled("evidence", "Survey of results")),
    Choice("interviews", labelled("evidence", "Interviews and focus groups")),
    Choice("user_stories", labelled("evidence", "What people tell us")),
    Choice("observation", labelled("evidence", "What we have seen")),
    Choice("external_evaluation", labelled("evidence", "Independent evaluation")),
    Choice("research", labelled("evidence", "Research study")),
    Choice("none_yet", labelled("evidence", "Nothing yet")),
)
"""How a result is known; the kinds of evidence are those of ISO 16439."""

EVIDENCE_GRADES = (
    Choice("counted", labelled("grade", "Counted by the library")),
    Choice("asked", labelled("grade", "Participants were asked")),
    Choice("evaluated", labelled("grade", "Evaluated by others")),
    Choice("research", labelled("grade", "Research")),
)
"""How far a result can be relied on, the strongest last; `grades.py` has the grade of each kind."""

WAYS_TO_CONTRIBUTE = (
    Choice("national_project", labelled("contribution", "Join a national project")),
    Choice("resource_person", labelled("contribution", "Offer a contact person")),
    Choice("theme_day", labelled("contribution", "Speak at a theme day")),
    Choice("study_visit", labelled("contribution", "Study visit (host or go)")),
    Choice("joint_application", labelled("contribution", "Joint application")),
    Choice("sister_library", labelled("contribution", "Find a sister library")),
)
"""What a library may offer beyond its report."""

EXPERT_USES = (
    Choice("advice", labelled("use", "Give advice")),
    Choice("theme_day", labelled("use", "Speak at a theme day")),
    Choice("national_project", labelled("use", "Join a national project")),
)
"""What a contact person agrees to be asked for."""

SPOKEN = (
    Choice("da", labelled("language", "Danish")),
    Choice("sl", labelled("language", "Slovenian")),
    Choice("en", labelled("language", "English")),
    Choice("no", labelled("language", "Norwegian")),
    Choice("sv", labelled("language", "Swedish")),
    Choice("de", labelled("language", "German")),
    Choice("it", labelled("language", "Italian")),
    Choice("hr", labelled("language", "Croatian")),
    Choice("bs", labelled("language", "Bosnian")),
    Choice("sr", labelled("language", "Serbian")),
    Choice("sq", labelled("language", "Albanian")),
    Choice("ar", labelled("language", "Arabic")),
    Choice("fa", labelled("language", "Persian")),
    Choice("ku", labelled("language", "Kurdish")),
    Choice("so", labelled("language", "Somali")),
    Choice("tr", labelled("language", "Turkish")),
    Choice("uk", labelled("language", "Ukrainian")),
    Choice("ru", labelled("language", "Russian")),
)
"""The languages that contact persons speak, by their code in ISO 639-1."""

SUPPORT = (
    Choice("sparring", labelled("support", "Advice from others")),
    Choice("partners", labelled("support", "Partners")),
    Choice("funding", labelled("support", "Funding")),
    Choice("volunteers", labelled("support", "Volunteers")),
    Choice("materials", labelled("support", "Materials")),
)
"""What a library could use help with."""

OUTCOME_AREAS = (
    Choice("knowledge", labelled("outcome area", "Learned something new")),
    Choice("confidence", labelled("outcome area", "More confident")),
    Choice("use", labelled("outcome area", "Can use it in daily life")),
    Choice("awareness", labelled("outcome area", "Knows what the library offers")),
    Choice("network", labelled("outcome area", "New contacts")),
    Choice("language", labelled("outcome area", "Better language skills")),
)
"""What people gained, after Project Outcome, with contacts and language added."""

FREQUENCY = (
    Choice("once", labelled("frequency", "Once")),
    Choice("series", labelled("frequency", "A course or series")),
    Choice("weekly", labelled("frequency", "Every week")),
    Choice("biweekly", labelled("frequency", "Every other week")),
    Choice("monthly", labelled("frequency", "Every month")),
    Choice("always", labelled("frequency", "Always available")),
    Choice("irregular", labelled("frequency", "Now and then")),
)
"""How often it takes place."""

FORMAT = (
    Choice("in_library", labelled("format", "In the library")),
    Choice("out", labelled("format", "Outside the library")),
    Choice("at_home", labelled("format", "In people's homes")),
    Choice("online", labelled("format", "Online")),
    Choice("phone", labelled("format", "By phone")),
    Choice("mixed", labelled("format", "More than one of these")),
)
"""Where it takes place."""

CONTINUES = (
    Choice("permanent", labelled("continues", "Yes, permanently")),
    Choice("smaller", labelled("continues", "Yes, smaller")),
    Choice("changed", labelled("continues", "Yes, but changed")),
    Choice("stopped", labelled("continues", "No, it has stopped")),
    Choice("open", labelled("continues", "Not decided yet")),
)
"""What became of it after its end."""

FUNDING = (
    Choice("own", labelled("funding", "Own budget")),
    Choice("municipality", labelled("funding", "Municipality")),
    Choice("national", labelled("funding", "National grant")),
    Choice("eu", labelled("funding", "EU")),
    Choice("foundation", labelled("funding", "Foundation")),
    Choice("donations", labelled("funding", "Donations")),
    Choice("none", labelled("funding", "No cost")),
)
"""Where the money comes from."""

SHARING = (
    Choice("public", labelled("sharing", "Anyone (public)")),
    Choice("network", labelled("sharing", "Libraries and registered partners")),
    Choice("coordinators", labelled("sharing", "Coordinators only")),
)
"""Who may see a report."""

SDG = (
    Choice("1", labelled("sdg", "No poverty")),
    Choice("3", labelled("sdg", "Good health and well-being")),
    Choice("4", labelled("sdg", "Quality education")),
    Choice("5", labelled("sdg", "Gender equality")),
    Choice("8", labelled("sdg", "Decent work and economic growth")),
    Choice("9", labelled("sdg", "Industry, innovation, infrastructure")),
    Choice("10", labelled("sdg", "Reduced inequalities")),
    Choice("11", labelled("sdg", "Sustainable cities and communities")),
    Choice("13", labelled("sdg", "Climate action")),
    Choice("16", labelled("sdg", "Peace, justice, strong institutions")),
    Choice("17", labelled("sdg", "Partnerships for the goals")),
    *(Choice(number, number) for number in ("2", "6", "7", "12", "14", "15")),
)
"""The United Nations' goals for sustainable development, by number; those that rarely fit come last."""

COUNTED = (
    Choice("in_all", labelled("counted", "In total")),
    Choice("each_time", labelled("counted", "Each time")),
)
"""Whether a number of people is a total or an average."""

YES_NO = (
    Choice("yes", labelled("answer", "Yes")),
    Choice("no", labelled("answer", "No")),
)
"""Yes or no."""
