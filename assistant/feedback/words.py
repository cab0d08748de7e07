"""Words that carry a judgement, and what a complaint can be about. Tables only; own lists for service work."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|'){1,39}|\d+")

GOOD = frozenset(
    """
    amazed amazing angel appreciate attentive awesome best brilliant brilliantly caring clean clear comfortable
    competent convenient correct courteous easy effective efficient enjoy enjoyed excellent exceptional fair
    fantastic fast fine flawless friendly fun gem generous glad good grateful great happy helpful honest impressed
    impressive kind kindness knowledgeable like liked love loved lovely nice outstanding patient perfect pleasant
    pleased pleasure polite professional prompt promptly quick quickly recommend reliable resolved respectful
    responsive satisfied seamless simple smooth smoothly solved stunning super superb thank thanks thorough
    understanding useful warm welcome well wonderful worked works
    """.split()
)
BAD = frozenset(
    """
    absurd abusive abysmal accused afraid ages aggressive angry annoyed annoying appalling arrogant atrocious awful
    bad bent blocked broke broken bug buggy cancelled careless chaos charged chase chased chasing cheat cheated
    chipped clueless cold complain complained complaint complicated confused confusing contradiction contradictory
    cracked crap crash crashed crashes crushed damaged dangerous declined defective delay delayed delays deleted
    denied dented difficult dirty disappointed disappointing disappointment disaster disgusted disgusting dishonest
    dreadful error errors excessive expensive exploded fail failed failing fails failure fault faulty forever forgot
    forgotten fraud frustrated frustrating garbage hang hassle hate hidden hopeless horrible horrid humiliating hung
    ignored impersonal impossible inaccurate incompetent incomplete inconvenient incorrect ineffective injured
    insult insulting issue issues joke lacking late lazy leaked leaking liar lied lies lose lost mess messed mislead
    misleading misled missed missing mistake mistakes mixed nasty never nightmare outdated outrageous overcharged
    overdue overheated overpriced pathetic pending poor poorly problem problems refusal refuse refused reject
    rejected ridiculous rip-off rotten rubbish rude sad scam scandal scratched shame shocking shouted sick silence
    slow slower smashed smells sorry spoiled spoilt stolen stranded stress stressful struggle stuck stupid suck
    sucks terrible threatened threw tired torn trouble ugly unable unacceptable unanswered unauthorised unauthorized
    unbelievable unclear unfair unfriendly unhappy unhelpful unprofessional unreachable unreadable unreliable unsafe
    unsatisfied unsolved untidy untrue unusable unwanted upset upsetting useless vague wait waited waiting warned
    waste wasted worse worst wrong
    """.split()
)
NEGATIONS = frozenset(
    """
    no not never none nothing nobody neither nor without hardly barely cannot cant can't dont don't doesnt
    doesn't didnt didn't isnt isn't wasnt wasn't wont won't wouldnt wouldn't couldnt couldn't havent haven't
    hasnt hasn't arent aren't
    """.split()
)
STRONG = frozenset("very really extremely so totally absolutely completely utterly incredibly too".split())
BUT = frozenset(("but", "however", "although", "though", "yet", "except"))
GOOD_SIGNS = "😀😃😄😁😊🙂😍🥰👍❤💚🎉👏🙏😎🤗"
BAD_SIGNS = "😠😡🤬😞😢😭👎😤😒😩😫🙄💩😖😣"

KINDS: dict[str, frozenset[str]] = {
    "delay": frozenset(
        "late delay delayed delays wait waited waiting slow weeks days hours forever long overdue pending still "
        "arrived arrive queue hold yet quick quickly fast prompt promptly".split()
    ),
    "error": frozenset(
        "wrong error errors incorrect mistake mistakes broken damaged defective faulty missing incomplete double twice "
        "bug crash crashed failed fails inaccurate lost".split()
    ),
    "information": frozenset(
        "status update updates information inform informed unclear confusing explain explained answer reply replied "
        "response call called email contact told know tracking".split()
    ),
    "effort": frozenset(
        "again repeat repeated form forms paperwork complicated difficult difficult easy simple hassle transferred "
        "twice chase chasing documents upload".split()
    ),
    "people": frozenset(
        "rude friendly helpful unhelpful staff agent employee polite professional unprofessional attitude kind "
        "courteous incompetent knowledgeable".split()
    ),
    "price": frozenset(
        "price expensive cheap cost costs fee fees charge charged overcharged refund money bill invoice value".split()
    ),
    "access": frozenset(
        "app website login password online portal site page screen account blocked locked access link button".split()
    ),
}
SEVERE = frozenset(
    "legal lawyer court ombudsman regulator police fraud scam stolen unsafe dangerous injured cancel cancelled leaving "
    "switch unacceptable disaster never worst".split()
)
STOP = frozenset(
    """
    a about after again all also am an and any are as at be because been before being but by can could did
    do does doing done down each even for from further get got had has have having he her here hers him his
    how i if in into is it its just let me more most my no not now of off on once only or other our out over
    own same she should so some such than that the their them then there these they this those through to
    too under until up us very was we were what when where which while who whom why will with would you your
    i'm i've i'd it's that's don't didn't can't im ive dont didnt cant wont please hi hello dear thank
    thanks
    """.split()
)
COMMON = frozenset("a an the is am are was were be to of i my it in on at and for me you your".split())
PARTICLES = frozenset("up out off on back down in over through away".split())
EMPTY_WORDS = frozenset(
    """
    get got getting gets go goes going gone want wants wanted need needs needed know let lets make makes made take
    takes took tell told say said says ask asked thing things something anything everything someone anyone way lot
    really very quite much many always ever even today yesterday tomorrow day days week weeks month months year years
    help guys sir madam one two also could ive i'm i'd i'll it's that's there's what's seem seems like try tried trying
    use used using keep keeps kept put give given gave able think believe happened happen happens happening yet already
    still ago since please ok okay yes well sure maybe actually basically literally etc gonna wanna a lot
    """.split()
)

_ALSO = """
pay: payment paid payout transfer transferred cheque bank account money waiting
refund: money back refunded repay reimburse returned
invoice: bill billing billed charged amount vat discount total reminder
bill: invoice charged amount billed
note: refund credited returned refunded
ship: delivery delivered parcel courier arrived shipping package shipment tracking
deliver: delivery parcel courier arrived package driver shipped shipment late truck pallet tracking doorstep van
pack: packaging packed packing box carton wrapped padding broken damaged crushed smashed leaked dented scratched
pick: wrong item missing article size colour incomplete mixed
good: item article
order: ordered purchase bought basket checkout
answer: reply response replied email
call: phone telephone called ring hotline
report: hotline phone phoned queue accident line
inspect: inspection inspector visit surveyor
visit: appointment technician came engineer
regist: registration form sign up enrol
approv: approval approved permission
decis: decided refusal granted reason condition conditions appeal
decid: decision approval rejected refused
check: verify verification
verifi: verification identity proof
inform: told informed update news
notifi: told informed update news
confirm: confirmation confirmed acknowledge acknowledged
claim: case damage status progress
settl: settlement status progress
settlement: offer sum calculation deducted deduction value excess amount offered
calcul: calculation deducted deduction sum value offered amount
assess: assessor assessment adjuster estimate valuation
surveyor: expert assessor adjuster inspector survey appointment inspected
polici: cover covered coverage clause insured
cover: covered coverage clause excluded policy insured
detail: form asked questions questionnaire photos documents papers again told
investig: investigation suspicion suspect fraud criminal accused questioned inquiry interrogated investigator
repair: fix fixed repaired mechanic workshop
fix: repair repaired resolve solved
open: opening opened
send: sent received
letter: wording letters written understand
interview: interviewed interviewer recruiter panel
offer: contract
applic: apply applied applicant
credit: limit prepay prepayment hold creditworthy blocked
stock: available availability sold backorder unavailable warehouse
return: returned sent back returning
book: booking booked reservation appointment
schedul: appointment date slot time
instal: installation installed technician setup
test: tested testing result
train: training course
complaint: complained complain
complet: missing incomplete document documents papers lacking complete
document: papers upload certificate
hand: counter upload online paper copies portal folder queue
draw: plans drawings upload copies
examin: examination review examined reviewed slow months plans lying
fee: cost charge expensive receipt charges overcharged
collect: fee cash
neighbour: neighbours objection resident residents object next
offic: officer officers charge responsible extension
file: officer folder
fire: smoke sprinkler exit
escap: fire exit emergency staircase stairs smoke
rout: fire exit
nois: loud noisy sound decibels quiet hum
sign: signature signed
cancel: cancelled cancellation
"""
ALSO: dict[str, str] = {line.split(":")[0]: line.split(":")[1].strip() for line in _ALSO.strip().splitlines()}
"""Other words people use, by the stem of a word in a step's name."""
