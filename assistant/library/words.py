"""The words people use, brought to one form: stems, and groups of words that mean the same at work.

`concepts("The vendor's bill was checked")` and `concepts("Check supplier invoice")` hold the same three concepts. The
tables are conservative: words are grouped only where a business reader would take one for the other in a step's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from assistant.english.alike import share, stem

# One group a line: the concept, then words that mean it. Irregular forms are listed, regular ones are stemmed.
_ACTIONS = """
check: verify validate review examine inspect control test compare look looked assess audit screen reconcile proofread
approve: authorise authorize sign signed signature signoff approval consent endorse permission okay countersign
reject: refuse decline deny rejection refusal dismiss disapprove
send: forward mail dispatch sent transmit submit deliver hand route pass
receive: get got arrive incoming come came take took obtain intake accept
record: enter type key register log capture input keying typing typed entry retype
book: post ledger journalise posting booking
ask: request enquire inquire query clarify chase question inquiry call phone contact ring demand
inform: tell told notify advise announce update notification communicate
confirm: acknowledge confirmation acknowledgement
decide: decision determine judge rule verdict
create: make made write wrote written draft prepare produce draw issue generate set compile
change: modify amend alter edit adjust
correct: fix mend repair rectify rework redo redone remedy
pay: paid payment transfer remit disburse payout settle settlement reimburse
refund: reimbursement
buy: purchase procure bought procurement purchasing
sell: sold sale sales selling
close: finish end closed closing
file: archive store filing archiving
scan: digitise digitize upload scanning
assign: allocate allot distribute assignment
plan: schedule arrange appointment scheduling calendar
search: find found lookup retrieve search
choose: select shortlist chosen selection selecting
collect: gather fetch
escalate: escalation
cancel: withdraw cancellation withdrawal revoke
interview: interviewing
train: training teach taught instruct course
remind: reminder dun dunning nag
calculate: compute estimate quantify appraise valuation value
install: setup configure provision
analyse: analyze investigate diagnose investigation diagnosis analysis research
classify: categorise categorize prioritise prioritize triage sort
publish: advertise
wait: await pending idle queue
copy: paste
print: printout
dispute: contest object objection
"""
_THINGS = """
customer: client consumer shopper purchaser patron
supplier: vendor seller contractor
invoice: bill billing invoicing
order: po
money: cash fund
goods: item product merchandise article ware stuff shipment parcel package
stock: inventory availability available
warehouse: depot storeroom
employee: staff worker colleague newcomer starter joiner
candidate: applicant jobseeker
vacancy: opening position job requisition headcount
manager: boss supervisor director chief head superior leader executive
complaint: grievance complain dissatisfied unhappy angry
incident: outage ticket trouble malfunction breakdown fault glitch
problem: issue difficulty
claim:
insurance: insurer policyholder policy
damage: loss accident damaged broken break
loan: mortgage lending borrow borrower lend
identity: id passport kyc
document: paper paperwork form certificate attachment evidence dossier
email: inbox mailbox
authority: agency office municipality council government
permit: licence license
neighbour: neighbor resident public
return: returned returning
delivery: shipping transport freight
department: unit team division
system: software erp sap program tool computer
computer: laptop equipment hardware device pc
account:
contract: agreement
price: cost rate fee charge
error: mistake wrong incorrect faulty slip
missing: incomplete lack absent gap
duplicate: double twice
deadline: due
spreadsheet: excel sheet
robot: bot rpa
meeting: committee board
question: enquiry
doctor: physician medical
offer: proposal
salary: wage compensation
reference: referee
fraud: scam fake cheat suspicious
history: past previous old
complete: completeness full
urgent: priority rush immediate quick fast
late: delay slow overdue
cause: reason root
visit: site
"""
_STOP_WORDS = """
a about above after again against all also always am an and any are as at be because been before being below
between both but by can could did do does doing done down each either else ever every few for from further had has
have having he her here hers him his how i if in into is it its itself just let like lot many may me might more most
much must my need needs no nor not now of off often on once one only onto or other our ours out over own per
please put rather really same shall she should since so some somebody someone something soon still such than that
the their them then there these they thing things this those through till to too two under until up upon us use used
usually very via want was way we well were what when whenever where whether which while who whom whose why will with
within without would yes yet you your goes go going went gone keep kept us people person everyone everybody anybody
nobody back around another first next several various etc e.g i.e
"""
_STOP = frozenset(_STOP_WORDS.split())
_FUNCTION_WORDS = frozenset("a an the and or of to in is are be it its i we our us my".split())
_INFORMATICS = re.compile(r"\bIT\b(?!')")
"""The department, not the pronoun: only the capitals tell them apart."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
WEIGHT_ACTION, WEIGHT_THING = 0.8, 1.0
OTHER_ACTION, ONE_WORD = 0.75, 0.8
"""Labels that do another thing to the same object, and labels of a single word, are that much less alike."""


def stems_in(*texts: str) -> dict[str, str]:
    """The stem of every word of the texts and of the tables here."""
    every = " ".join((*texts, _ACTIONS, _THINGS, _STOP_WORDS))
    return {word: stem(word) for word in dict.fromkeys(_words(every))}


@cache
def _groups() -> tuple[dict[str, str], frozenset[str]]:
    """The concept of each stem, and which concepts are actions."""
    concepts: dict[str, str] = {}
    actions: set[str] = set()
    for table in (_ACTIONS, _THINGS):
        for line in table.strip().splitlines():
            concept, _, words = line.partition(":")
            if table is _ACTIONS:
                actions.add(stem(concept))
            for word in (concept, *words.split()):
                concepts.setdefault(stem(word), stem(concept))
    return concepts, frozenset(actions)


def plain(text: str) -> str:
    """Lower case, without accents, with straight quotes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in text if not unicodedata.combining(char)).lower()


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning in a name, in order."""
    return [stem(word) for word in _words(text) if word not in _STOP]


def spoken_stems(text: str) -> list[str]:
    """The stems of nearly all words, in order: in a question "nobody", "again" and "both" carry meaning too."""
    return [stem(word) for word in _words(text) if word not in _FUNCTION_WORDS]


def is_small(stemmed: str) -> bool:
    """Whether a stem is that of a small word, which says a little in a question and nothing in a name."""
    return stemmed in _small()


def small_words() -> list[str]:
    """The words that say nothing in a name, in order."""
    return sorted(_STOP)


@cache
def _small() -> frozenset[str]:
    return frozenset(stem(word) for word in _STOP)


def _words(text: str) -> list[str]:
    if "IT" in text and not text.isupper():
        text = _INFORMATICS.sub("informatics", text)
    found = (word.split("'")[0] for word in _WORD.findall(plain(text)))
    return [word for word in found if len(word) > 1]


def concept(stemmed: str) -> str:
    """The concept a stem stands for; itself when it belongs to no group."""
    return _groups()[0].get(stemmed, stemmed)


def concepts(text: str) -> frozenset[str]:
    """The concepts named in a text."""
    return _concepts(text)


@lru_cache(maxsize=50_000)
def _concepts(text: str) -> frozenset[str]:
    return frozenset(concept(item) for item in stems(text))


def spoken_words(texts: Iterable[str]) -> dict[str, str]:
    """For each concept the first word of the texts that named it, for showing to a reader."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(plain(text)):
            for item in concepts(word):
                found.setdefault(item, word)
    return found


def weight(name: str) -> float:
    """How much a concept says about a step: what is handled says more than what is done with it."""
    return WEIGHT_ACTION if name in _groups()[1] else WEIGHT_THING


def is_action(name: str) -> bool:
    """Whether the concept is something one does."""
    return name in _groups()[1]


@lru_cache(maxsize=100_000)
def similarity(a: str, b: str) -> float:
    """How alike two labels are, 0 to 1: the weighted Dice coefficient of their concepts, a tenth of it by stems.

    Labels that share only what is done ("check credit", "check stock") are never alike; labels that share only what it
    is done to ("send invoice", "pay invoice") and labels of one word count for less.
    """
    left, right = _concepts(a), _concepts(b)
    shared = left & right
    if not shared or (all(map(is_action, shared)) and len(left | right) > len(shared)):
        return 0.0
    total = sum(map(weight, left)) + sum(map(weight, right))
    dice = 2 * sum(map(weight, shared)) / total
    score = 0.9 * dice + 0.1 * share(set(stems(a)), set(stems(b)))
    if left == right:
        return score
    other_action = any(map(is_action, left)) and any(map(is_action, right)) and not any(map(is_action, shared))
    return score * (OTHER_ACTION if other_action else ONE_WORD if min(len(left), len(right)) == 1 else 1.0)


@lru_cache(maxsize=50_000)
def sequence(text: str) -> tuple[str, ...]:
    """The concepts of a text in the order they are named, repetitions kept."""
    return tuple(concept(item) for item in stems(text))


def covers(text: str, label: str, slack: int = 4) -> bool:
    """Whether a text names everything a label names, close together: within the label's length plus `slack` words."""
    wanted, said = _concepts(label), sequence(text)
    if not wanted or not wanted <= set(said) or (len(wanted) == 1 and is_action(next(iter(wanted)))):
        return False
    width = len(wanted) + slack
    return any(wanted <= set(said[start : start + width]) for start in range(max(1, len(said) - width + 1)))
