"""What everyday words are about: a coarse sense of kinship ("lorry" and "van", "hail" and "flood") for searching.

A topic is weaker than a concept (see words.py): it helps to find an entry and never says that two steps are the same.
"""

from __future__ import annotations

from functools import cache

from assistant.english.alike import stem
from assistant.library.words import concept

TOPICS = """
vehicle: lorry truck van car lorries tyre road driver drive tour route traffic bus bike fleet motor garage
weather: hail storm flood rain wind snow lightning water fire burst
harm: crash smash accident broken break burglary theft stolen steal hurt injury collapse destroy wreck spoil leak hole
insurer: insurer insurance policy premium cover underwriter adjuster assessor policyholder claim excess claimant
bank: bank account card iban pin teller branch deposit saving current
borrowing: loan mortgage credit borrow lend interest instalment repay collateral finance underwriting debt
house: house flat roof garage garden home apartment building build builder architect construction extension terrace site
town: town city council mayor municipality citizen hall authority official civil public permit licence permission
money: money cash pay payment sum amount euro dollar budget cost price cheap expensive dear fee coin pound
owed: bill invoice owe due unpaid debt creditor settle dunning discount
boss: boss chief supervisor director manager superior leader head executive chair ceo cfo owner upstairs
consent: okay approve sign signature permission allow nod consent stamp permit agree release rubber
people: staff team employee colleague worker crew personnel hands heads clerk rookie newcomer newbie trainee
family: family couple child parent wife husband student pupil citizen patient
hiring: hire recruit job vacancy applicant candidate cv interview talent shortlist advert career personnel
start: newcomer starter joiner onboarding induction first rookie welcome badge desk login morning
computer: computer laptop screen printer wifi network internet password login server mail software program app keyboard
failure: broken crash down dead fail outage fault error hang freeze black stuck defect
it: informatics helpdesk support ticket hotline admin technician incident desk
anger: angry cross furious upset moan annoyed rude unhappy complain apology sorry disappointed shout mad voucher
buyer: customer client guest buyer shopper consumer patient visitor member public
goods: goods parcel box carton package product item article stock shelf pallet
clothes: dress shoe clothes shirt size fit trousers fashion worn
giveback: return refund unwanted exchange swap back
shop: shop store online order basket webshop counter retail till
purchase: buy purchase order supplier vendor shop procure tender requisition
tool: tool equipment spare part material machine device hardware drill
plant: factory plant workshop machine assembly line production shift robot
delivery: deliver ship dispatch transport carrier courier post freight parcel lorry truck
post: letter mail post envelope stamp fax postal
paper: paper sheet form folder file binder print copy scan document pdf drawer shelf tray stack pile heap
typing: type key retype keyboard copy paste click window mask enter mouse hand manual
talk: phone call ring speak talk mail write chat email text conversation contact
slow: slow wait late delay week month ages forever eternity long queue lie year overdue
hurry: quick fast immediate urgent soon rush speed
batch: batch weekly monthly thursday friday monday night collect pile together board stack run meeting month end
same: same simultaneous parallel together meanwhile side both
sequence: begin start finish before after until next earlier later order sequence first then
uselessly: useless pointless nobody unread waste unnecessary vain needless superfluous nothing
rare: rare odd special strange weird exception unusual monster different problem
easy: easy simple trivial small little plain standard normal minor routine
hard: hard difficult complex complicated large big tough huge monster expert
refuse: reject refuse deny decline eligible ineligible never turned no hopeless killer
early: early late beginning end already first last
find: search look find seek lookup retrieve
blame: charge responsible blame duty owner accountable nobody everybody role
handover: pass forward handover bounce handoff between around desk department wall
help: help assist guide advice chatbot prompt lead
many: many thousand hundred lots heap too much dozen pile backlog
few: few shortage understaffed scarce lack missing
busy: busy overload swamped drown peak rush utilisation capacity overtime bottleneck
idle: idle free nothing twiddle unused empty
share: share pool common central hub merge joint combine
skill: skill learn train teach expert generalist specialist know trade
mistake: mistake error slip wrong fault rework twice redo defect incorrect typo
check: check test inspect verify control audit look proof
trust: trust certificate seal certified notary vetted confirmed accredited
outside: outside contractor provider agency supplier external outsource
partner: partner supplier dealer client interface connect link exchange system
form: form template standard format field channel portal online
rule: rule policy criteria threshold limit table if then law
software: software system program tool application platform digital automatic automate algorithm
robot: robot bot arm gripper automatic vehicle cart drone
ai: ai chatgpt gpt llm model generative learning neural assistant
read: read extract recognise ocr scan photo handwriting
write: write draft letter text wording advert proposal reply contract
summary: summary gist theme topic survey comment review feedback note read answer
predict: predict forecast guess likelihood expect future score probability
plan: plan schedule calendar roster appointment shift date slot timetable
sense: sensor temperature measure gauge meter warm hot cold fridge vibration monitor machine
ledger: blockchain ledger tamper proof origin trace custody forge bitcoin chain
figures: figure number dashboard chart report kpi statistic overview measure
simulate: simulate scenario twin try test rehearse play virtual model
log: log trace event timestamp data mining discover
crime: fraud cheat fake crook launder sanctions forged suspicious scam criminal terrorist
identity: passport id identity name card know shareholder owner beneficial kyc due diligence
food: food restaurant cafe kitchen meal bakery fish table
health: doctor nurse hospital patient medical clinic
secure: secure attack virus phishing hacker
"""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in TOPICS.strip().splitlines():
        topic, _, words = line.partition(":")
        for word in dict.fromkeys(words.split()):
            for form in {stem(word), concept(stem(word))}:
                found.setdefault(form, []).append(f"about{topic}")
    return {form: tuple(dict.fromkeys(topics)) for form, topics in found.items()}


def topics(stemmed: str) -> tuple[str, ...]:
    """The topics a stem belongs to, as words that occur nowhere else (`aboutmoney`)."""
    return _table().get(stemmed) or _table().get(concept(stemmed), ())
