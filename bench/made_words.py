"""What the places of forms are filled with: times, shares, people nobody has heard of, new work and conditions."""

from __future__ import annotations

PARTICLES = frozenset("up out off in down over away back through on".split())
PREPOSITIONS = frozenset("to at with for from by into of about after before until around".split())
TIMES = (
    ("5 minutes", 300), ("ten minutes", 600), ("a quarter of an hour", 900), ("twenty minutes", 1200), ("25 min", 1500),
    ("half an hour", 1800),
    ("40 minutes", 2400), ("three quarters of an hour", 2700), ("an hour", 3600),
    ("an hour and a half", 5400), ("two hours", 7200), ("3 hours", 10800), ("7 mins", 420), ("12 minutes", 720),
)  # fmt: skip
LONG = (("two days", 172800), ("3 days", 259200), ("a week", 604800), ("four hours", 14400), ("5 days", 432000))
SHARES = (
    ("one in ten", 0.1), ("one in five", 0.2), ("a quarter", 0.25), ("a third", 1 / 3), ("half", 0.5),
    ("30 percent", 0.3),
    ("15 %", 0.15), ("two out of ten", 0.2), ("every tenth", 0.1), ("3 in 100", 0.03), ("5 percent", 0.05),
)  # fmt: skip
MONEY = (("30 euros", 30), ("25 euros", 25), ("18 euros", 18), ("42 dollars", 42), ("27.50 euros", 27.5))
NUMBERS = (("two", 2), ("three", 3), ("4", 4), ("five", 5), ("6", 6), ("seven", 7), ("11", 11), ("twelve", 12))
CLOCKS = (
    ("8", "08:00", "4", "16:00"), ("seven", "07:00", "three", "15:00"), ("9", "09:00", "half past five", "17:30"),
    ("8 am", "08:00", "1 pm", "13:00"), ("six", "06:00", "two", "14:00"), ("half past seven", "07:30", "four", "16:00"),
)  # fmt: skip
MANY = ("18", "25", "40", "a hundred", "60", "120", "thirty", "eighty")
MANY_IS = (18, 25, 40, 100, 60, 120, 30, 80)
NEW = (
    ("sign", "the list"), ("take", "a photo of it"), ("put", "a stamp on it"), ("count", "the boxes"),
    ("print", "a label"),
    ("ring", "the supplier"), ("weigh", "everything"), ("fill in", "a green form"), ("clean", "the tools"),
    ("open", "the windows"), ("write", "a short note"), ("compare", "the two lists"), ("lock", "the cabinet"),
    ("read", "the instructions aloud"), ("hand out", "gloves"), ("sweep", "the yard"), ("fetch", "the keys"),
    ("copy", "the certificate"), ("test", "the battery"), ("scan", "the barcode"), ("wrap", "it in foil"),
    ("make", "coffee for everybody"), ("park", "the trailer"), ("collect", "the signatures"),
    ("warm up", "the machine"),
    ("inform", "the neighbours"), ("reserve", "a room"), ("look up", "the number"), ("sort", "the bolts"),
    ("mix", "the paint"), ("tie", "a ribbon round it"), ("send", "a reminder"), ("carve", "a new handle"),
    ("inflate", "the tyres"), ("tighten", "the screws"), ("bake", "a sample"), ("tune", "the engine"),
    ("water", "the plants"), ("translate", "the manual"), ("show", "the guests round"),
)  # fmt: skip
CONDITIONS = (
    ("it rains", "rain"), ("there's a stain on it", "stain"), ("it's heavier than 20 kilos", "20"),
    ("the battery is flat", "batter"), ("it comes from abroad", "abroad"), ("there are children about", "child"),
    ("the seal is broken", "seal"), ("it's worth more than 500 euros", "500"), ("nobody answers", "nobody"),
    ("the colour doesn't match", "colou?r"), ("somebody is under eighteen", "eighteen|18"), ("it's a Sunday", "sunday"),
    ("the stock is low", "stock"), ("it smells of gas", "gas"), ("it's the first time", "first"),
)  # fmt: skip
STRANGERS = (
    "apprentice", "caretaker", "head waiter", "bookkeeper", "deputy", "locksmith", "chairman", "night porter",
    "trainee", "surveyor", "janitor", "auditor", "photographer", "team leader",
)  # fmt: skip
THINGS = ("docket", "chit", "green card", "worksheet", "tally sheet", "brief", "ticket", "dossier")
LEADS = ("", "", "", "", "", "", "", "oh, ", "well, ", "hm, ", "by the way, ", "and ", "so ", "no, ", "ah, ")
