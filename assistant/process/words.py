"""Tables of words: what a step's label starts with, what makes it vague, which work one person should not do twice."""

from __future__ import annotations

import re


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _table("""
    accept access acknowledge acquire activate adapt add address adjust administer advertise advise agree
    aggregate alert align allocate amend analyse analyze announce answer appeal apply appoint appraise approach
    approve arrange archive arrest ask assemble assess assign assist attach attend audit authenticate authorise
    authorize automate await award back balance ban bill block book borrow bring brief build bundle buy
    calculate calibrate call cancel capture carry cash categorise categorize certify change charge check choose
    claim clarify classify clean clear close code collect combine communicate compare compensate compile
    complete compose compute conduct confirm connect consider consolidate construct consult contact contract
    contribute control convert convince cook coordinate copy correct count create credit cut debit decide
    declare decline deduct define delegate delete deliver demand deny deploy deposit derive describe design
    destroy determine develop diagnose digitise digitize direct disassemble discard discharge disclose
    discontinue discuss dismiss dispatch display dispose distribute divide document donate download draft draw
    drill drive drop edit educate elaborate email employ empty enable encode end enrich enrol enroll ensure
    enter erase escalate establish estimate evaluate examine exchange execute expand expedite explain export
    extend extract fax fetch file fill filter finalise finalize find finish fix follow forecast format forward
    freeze fulfil fulfill gather generate get give grade grant group guide hand handle hold identify implement
    import improve include increase inform initiate insert inspect install instruct insure integrate interview
    introduce investigate invite invoice involve issue join judge justify keep label launch learn leave lend let
    list load locate lock log lookup mail maintain make manage manufacture map mark match measure meet merge
    migrate mix modify monitor mount move name negotiate note notify obtain offer open operate optimise optimize
    order organise organize outline pack package paint park pass pay perform pick place plan post prepare
    present preserve price print prioritise prioritize process procure produce program prolong promote propose
    protect prove provide publish purchase put qualify question quote raise rank rate reach read reallocate
    reassess recalculate receive recheck reclaim recommend reconcile record recruit rectify redirect redo reduce
    refer refill refine refund refuse register reimburse reject release remind remove renew rent repair repeat
    replace reply report represent reproduce request require reschedule research reserve resend resolve respond
    restart restock restore retrieve return review revise rework rewrite roast rotate route run sample save scan
    schedule score screen search secure select sell send separate serve set settle share ship show sign simulate
    sketch solve sort specify split stamp start state stop store submit subscribe substitute summarise summarize
    supervise supply support survey suspend switch tag take talk teach tell terminate test trace track train
    transcribe transfer transform translate transmit transport treat triage try turn update upgrade upload use
    validate verify visit wait walk warn wash watch weigh withdraw work wrap write
""")
NOUN_TOO = _table("""
    address answer appeal approach arrest audit award bill book call cash change charge check claim code
    contract control copy count credit cut debit demand deposit design direct document draft drop email end
    estimate exchange export fax file filter fix forecast format freeze grade group guide import interview
    invoice issue label lead list load log mail map mark match measure name note offer order package park plan
    post present price print process program purchase question quote rank rate record refund release rent repair
    reply report request research reserve return review route run sample scan schedule score screen search share
    ship sign split stamp start state stop store supply support survey switch tag test trace track train
    transfer transport treat update upgrade upload use visit walk watch work
""")
ACTION_NOUNS = _table("""
    entry check review handling control processing approval receipt dispatch
""")
ACTION_ENDINGS = ("tion", "sion", "ment", "ing", "ance", "ence", "val")
VAGUE = _table("""
    handle process manage do perform deal treat execute
""")
JOINED = re.compile(r"\b(?:and|und|et|y|&)\b|&", re.IGNORECASE)
MOST_WORDS = 7
"""Words a label may have; the guidelines say five, and articles and prepositions are not counted here."""
SMALL = _table("""
    the a an of for to in on at by with from into and or per via about
""")

APART = (
    ({"request", "apply", "submit", "propose", "claim"}, {"approve", "authorise", "authorize", "grant", "release"}),
    ({"create", "enter", "prepare", "write", "draft", "record"}, {"approve", "authorise", "authorize", "release"}),
    ({"order", "purchase", "procure", "buy"}, {"receive", "inspect", "accept"}),
    ({"approve", "authorise", "authorize", "release"}, {"pay", "refund", "reimburse", "transfer"}),
    ({"count", "take"}, {"adjust", "correct", "write"}),
    ({"receive", "collect"}, {"reconcile", "balance"}),
)  # fmt: skip
"""Pairs of verbs that one person should not do to the same thing (asking and granting, ordering and receiving ...)."""


def words_of(label: str) -> list[str]:
    """The words of a label, lower case, without marks."""
    return re.findall(r"[^\W\d_][\w'’-]*", label.lower())


def verb_of(label: str) -> str | None:
    """The verb a label starts with, or None."""
    words = words_of(label)
    return words[0] if words and is_verb(words[0]) else None


def is_verb(word: str) -> bool:
    """Whether a word can be a verb in its plain form; `re-` and `pre-` verbs count by their stem."""
    if word in VERBS:
        return True
    stem = re.sub(r"^(?:re|pre|un|pay)-?", "", word)
    return stem in VERBS or word.endswith(("ise", "ize", "ify"))


def verb_object(label: str) -> bool:
    """Whether a label says what is done and to what: a verb first, then its object, not an action as a noun."""
    words = words_of(label)
    if len(words) < 2 or not is_verb(words[0]):
        return False
    last = words[-1]
    return not (words[0] in NOUN_TOO and len(words) == 2 and (last in ACTION_NOUNS or last.endswith("ing")))


def objects_of(label: str) -> set[str]:
    """What a label speaks about: its words without the verb and the small words, plural endings cut."""
    return {word.removesuffix("s") for word in words_of(label)[1:] if word not in SMALL}
