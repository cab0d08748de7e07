"""What each kind of remark means as a finding: its kind, the practices that may answer it, its title and its waste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.process.figures import agreeing
from assistant.redesign.shapes import MOST_NAMED
from assistant.redesign.words import listed


class Meaning(NamedTuple):
    """What a kind of remark means as a finding: its kind, the practices, the title, the waste it belongs to, and the
    title where it is not sure enough which steps are meant (empty: the title names none)."""

    kind: str
    practices: tuple[str, ...]
    title: str
    waste: str
    unplaced: str = ""

    def titled(self, names: Sequence[str]) -> str:
        """The title with the names of the steps it speaks of; its verbs are in number with them."""
        shown = list(dict.fromkeys(names))
        if not shown:
            return self.unplaced or self.title
        return agreeing(self.title, len(shown)).format(steps=listed(shown[:MOST_NAMED]), first=shown[0])


MEANINGS: Mapping[str, Meaning] = {
    "unused_result": Meaning(
        "unread_output", ("H05",),
        "Nobody uses what {steps} <makes|make>",
        "over-production", "Something is made that nobody uses",
    ),
    "empty_approval": Meaning(
        "habitual_approval", ("H22",),
        "{steps} hardly ever <changes|change> anything",
        "waiting", "An approval hardly ever changes anything",
    ),
    "empty_check": Meaning(
        "check_finds_nothing", ("H05", "H07"),
        "{steps} hardly ever <finds|find> anything",
        "over-processing", "A check hardly ever finds anything",
    ),
    "double_check": Meaning(
        "checked_twice", ("H05", "H27"),
        "{steps}: the same is checked a second time",
        "over-processing", "The same is checked a second time",
    ),
    "informed_only": Meaning(
        "only_informed", ("H18", "H05"),
        "{steps} <is|are> there only so that somebody knows",
        "motion", "Somebody has the case only so as to know of it",
    ),
    "many_people": Meaning(
        "many_hands", ("H18",),
        "Many people touch one case: {steps}",
        "transport", "Many people touch one case",
    ),
    "no_dependency": Meaning(
        "independent_in_row", ("H10", "H09"),
        "{steps} wait for each other without need",
        "waiting", "Work waits for other work without need",
    ),
    "late_check": Meaning(
        "late_knockout", ("H11", "H09"),
        "{first} comes late: what was done before is in vain when it turns a case away",
        "over-processing", "A check comes late: what was done before is in vain when it turns a case away",
    ),
    "work_for_nothing": Meaning(
        "work_ahead", ("H09", "H11"),
        "{steps} <is|are> done before <it|they> <is|are> known to be needed",
        "over-production", "Work is done before it is known to be needed",
    ),
    "batch": Meaning(
        "batched", ("H06",),
        "Cases are collected before {steps}",
        "waiting", "Cases are collected before they are worked on",
    ),
    "small_steps": Meaning(
        "small_steps", ("H08",),
        "{steps} <is one of several|are> small steps of the same hands",
        "motion", "Small steps of the same hands stand apart",
    ),
    "one_pile": Meaning(
        "mixed_pile", ("H07", "H04"),
        "Light and heavy cases are treated alike at {steps}",
        "waiting", "Light and heavy cases are treated alike",
    ),
    "held_up_by_few": Meaning(
        "held_up_by_few", ("H12", "H04"),
        "A few unusual cases hold up the others at {steps}",
        "waiting", "A few unusual cases hold up the others",
    ),
    "many_contacts": Meaning(
        "many_contacts", ("H02", "H05"),
        "More contacts than the work needs: {steps}",
        "motion", "More contacts than the work needs",
    ),
    "changing_hands": Meaning(
        "changing_hands", ("H13", "H19"),
        "Somebody else has the case each time: {steps}",
        "transport", "Somebody else has the case each time",
    ),
    "many_channels": Meaning(
        "many_channels", ("H29",),
        "The same comes in many ways and forms at {steps}",
        "defects", "The same comes in many ways and forms",
    ),
    "typed_again": Meaning(
        "rekeyed_document", ("H25", "H26", "H03", "H29"),
        "{steps}: what is there already is typed again",
        "over-processing", "What is there already is typed again",
    ),
    "routine": Meaning(
        "routine_by_hand", ("H25", "H26"),
        "{steps} <follows|follow> fixed rules and <is|are> done by hand",
        "over-processing", "Work by fixed rules is done by hand",
    ),
    "paper": Meaning(
        "on_paper", ("H26",),
        "The case travels on paper: {steps}",
        "motion", "The case travels on paper",
    ),
    "steady_data": Meaning(
        "repeated_lookup", ("H24", "H03"),
        "{steps}: asked each time though it hardly ever changes",
        "waiting", "Something is asked each time though it hardly ever changes",
    ),
    "certified_elsewhere": Meaning(
        "certified_check", ("H27",),
        "{steps} <repeats|repeat> what somebody recognised has checked",
        "over-processing", "What somebody recognised has checked is checked again",
    ),
    "error_at_source": Meaning(
        "error_at_source", ("H23", "H01"),
        "Errors and gaps are found late: those of {steps}",
        "defects", "Errors and gaps are found late",
    ),
    "unowned": Meaning("no_case_owner", ("H19", "H16"), "Nobody answers for the whole case", "waiting"),
    "shared_duty": Meaning(
        "shared_duty", ("H16",),
        "Two answer for {steps}, so each waits for the other",
        "waiting", "Two answer for the same, so each waits for the other",
    ),
    "ping_pong": Meaning(
        "to_and_fro", ("H16", "H19", "H17"),
        "The case goes to and fro: {steps}",
        "transport", "The case goes to and fro",
    ),
    "silos": Meaning(
        "department_hops", ("H17", "H18"),
        "Each department minds its own part of the case",
        "transport",
    ),
    "overloaded": Meaning(
        "overloaded", ("H20", "H14"),
        "More work than time at {steps}",
        "waiting", "There is more work than time",
    ),
    "separate_piles": Meaning(
        "separate_queues", ("H15", "H14"),
        "Places with the same work keep queues apart: {steps}",
        "waiting", "Places with the same work keep queues apart",
    ),
    "one_person": Meaning(
        "one_person", ("H14", "H21", "H20"),
        "{steps} <waits|wait> for one person",
        "waiting", "Cases wait for one person",
    ),
    "skill_gap": Meaning(
        "skill_gap", ("H21",),
        "{steps} <needs|need> a skill <its|their> doers seldom use",
        "defects", "Work needs a skill that its doers seldom use",
    ),
    "chasing": Meaning("status_chased", ("H02", "H19", "H26"), "Customers have to ask where their case is", "motion"),
    "not_reached": Meaning(
        "not_reached", ("H02", "H24"),
        "{steps}: who is meant is often not reached, and it is done again",
        "motion", "Who is called or visited is often not reached, and it is done again",
    ),
    "not_core": Meaning(
        "not_core", ("H28",),
        "Others could do it as well for less: {steps}",
        "skills", "Others could do part of the work as well for less",
    ),
}  # fmt: skip
