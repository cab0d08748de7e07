"""Verbs: the ones that are work, the ones that only describe, irregular forms, and nouns that stand for a verb."""

from __future__ import annotations

from assistant.language.offline.table_trades import ALSO_NOUNS, EVENTS, ODD, TRADES

# Work that somebody does. Words that are as often nouns are listed again under NOUNISH.
WORK = (
    """
    abort accept accompany acknowledge acquire act activate adapt add address adjourn adjust administer admit
    advertise advise agree alert align allocate allot allow amend analyse analyze announce answer appeal append
    apply appoint appraise approach approve archive arrange ask assemble assess assign assist attach attempt attend
    audit authenticate authorise authorize award back backup bake balance ban bid bill bind block board book borrow
    brief bring broadcast browse build bundle buy calculate calibrate call cancel capture carry cast catalogue
    categorise categorize certify challenge change charge chase check choose circulate claim clarify classify clean
    clear click close code collate collect combine commission communicate compare compensate compile complain
    complete compose compute conclude conduct configure confirm connect consider consolidate construct consult
    contact continue contract contribute control convert convey convince cook coordinate copy correct correspond
    count countersign create credit cross-check customise customize cut deal debit decide declare decline
    decommission deduct define delegate delete deliver demand demonstrate deny deploy deposit deregister describe
    design destroy detail detect determine develop diagnose dictate direct disable disassemble discard discharge
    disclose discontinue discuss dismantle dismiss dismount dispatch dispense display dispose dispute distribute
    divide document donate double-check download draft draw drive drop dry dye edit educate elaborate elect
    eliminate elicit email e-mail employ empty enable encode encourage enforce engage engrave enquire enrol enroll
    ensure enter escalate escort establish estimate evaluate examine exchange execute exit expedite explain export
    extend extract fabricate facilitate fax feed fetch figure file fill filter finalise finalize find fine finish
    fit fix flag fold follow forward freeze fulfil fulfill fund furnish gather generate get give glue grade grant
    greet grind group guide hand handle harvest heat help hire hold host identify implement import improve inform
    initialise initialize initiate inquire insert inspect install instruct insure integrate interview introduce
    inventory investigate invite invoice issue iterate judge keep key label launch lay lead lease leave lend license
    list load locate lock lodge log look loop lower mail maintain make manage manufacture map mark match measure
    mediate meet merge message migrate mill mix model modify monitor mount move negotiate nominate note notify
    obtain offer onboard open operate optimise optimize order organise organize outline outsource oversee pack
    package page paint park participate pass paste pay perform phone photocopy photograph pick ping place plan plug
    polish populate position post postpone pour prepare prescribe present press prevent price print prioritise
    prioritize probe process procure produce profile program project promote propose protect provide publish pull
    purchase push put qualify quantify query question queue quote raise rank rate re-enter re-key re-submit reach
    reactivate read readjust reassign receipt receive recheck reclassify recollect recommend reconcile record
    recover recruit rectify redirect redo refer refill refine reformulate refund refuse register reimburse reject
    rejoin release relocate remind remit remove rename renew repair repeat rephrase replace replenish reply report
    request requisition rescan reschedule research resell resend reserve reset resign resolve respond restart
    restock restore resubmit retain retest retrieve retry return reverse revert review revise revoke rework rewrite
    ring roll rotate route rush save saw scan schedule scrap screen seal search secure see seek select sell send
    separate serve set settle shape share shelve shift ship shop show shred shut sign signal simulate sketch sort
    source specify spell split spot spray stage staple stamp state stop store strip study subcontract submit
    subtract sue suggest summarise summarize supervise supply support survey suspend swap swipe switch synchronise
    synchronize tag tailor take talk teach telephone tell terminate test text thank tick tie touch trace track trade
    train transcribe transfer transform translate transmit transport travel treat triage trigger try turn type
    unload unpack update upgrade upload use utilise utilize validate value verify view visit vote warn wash watch
    weigh welcome wire withdraw withhold work wrap write zip ascertain object run weigh name end bump chat conform
    counter-sign dial disburse dig dunn enroll eyeball flip forge haul invoke itemise itemize juggle nudge okay
    pester phone pre-check pre-order preload pressure-test rubber-stamp re-book re-check re-type retype sanction
    sift skim slot tally top underwrite unblock vet back-order backorder reorder re-order rekey reissue re-issue
    redraft demobilise mobilise scope sample dose inject administer operate diagnose anaesthetise admit discharge
    bandage examine weld drill cut trim sand varnish sew knit brew roast grill serve season chop slice freeze thaw
    plate garnish crate palletise stack stow unstack pre-pick label barcode wrap strap tow jack inflate
    """.split()
    + TRADES
)

# What something is, has, wants or lasts: no work in itself.
STATE = (
    """
    wear damage aim allude amount appear be become insist begin believe belong benefit bother call cause cease
    comprise concern consist
    contain cost count cover deserve depend differ disagree dislike exceed exist expect explain fail fear feel fall
    fluctuate forget guess happen hate hear hope imagine imply include indicate intend involve know lack last lie
    like live look love matter mean mind miss need notice occur owe own prefer pretend proceed realise realize
    recognise recognize regret relate rely remain remember represent require resemble rest result satisfy seem serve
    sit sleep sound stand start stay stem struggle suffer suppose surprise suspect swear tend think trust turn
    understand vary wait want wish wonder annoy bore break comply correspond die drag end equal expire fit gain go
    grow hang hurt keep land let lose pile pop rain reckon run say slip stick stuck sum sulk total waste weigh work
    worry
    """.split()
    + EVENTS
)

# Verbs of this table that start, end or continue something: about the process, not part of it.
PHASE = frozenset(
    """
    start begin commence end finish conclude terminate stop continue proceed resume initiate complete close trigger
    """.split()
)

# Things that move by themselves in English: "the form goes to accounts" is somebody handing it over.
MOVE = frozenset(
    """
    go come arrive land travel flow reach return get
    """.split()
)

# Words that are at least as often nouns (or adjectives) as verbs.
NOUNISH = (
    set(
        """
    account act object address advance alert amount answer appeal approach audit award back balance ban bid bill
    block board book bundle call cancel cause challenge change charge check claim clean clear close code complete
    contact contract control copy correct cost count cover credit cut damage date deal debit decline delay demand
    deposit design detail direct display dispute document draft draw drive drop dry email e-mail end empty estimate
    exchange export fax feed figure file fill filter fine finish fit fix flag forward freeze fund group guide hand
    help hope host import interest interview inventory invoice issue judge key label lack last lease leave license
    like list load lock log look loop lower mail map mark match matter measure mean meeting message mind model mount
    move name note number offer open order outline own pack package page paint park pass paste pay phone photograph
    pick place plan plug point position post present press price print process profile program progress project
    purchase push quality query question queue quote rank rate reach receipt record refund register release repair
    repeat reply report request requisition research reserve rest result return reverse review rework ring roll
    route run rush sample save scan schedule scope score screen seal search separate service set shape share shift
    ship shop show sign signal sketch slip slot sort sound source split spot spray staff stage staple stamp stand
    start state stay step stick stock stop store strip study suit supply support survey switch tag talk task tender
    test text thank tick tie time top total touch trace track trade train transfer transport travel treat trigger
    trust try turn type update upgrade use value view visit volume vote walk warehouse wash waste watch weigh
    welcome wire wish work worry wrap zip board table team vendor clerk triage sanction season plate stack brief
    commission project figure plug stem sand saw mill dye fabricate rest jack top file sample
    """.split()
    )
    | ALSO_NOUNS
)

IRREGULAR = (
    """
be is/are/am was/were been being
become becomes became become becoming
begin begins began begun beginning
bind binds bound bound binding
break breaks broke broken breaking
bring brings brought brought bringing
build builds built built building
buy buys bought bought buying
catch catches caught caught catching
choose chooses chose chosen choosing
come comes came come coming
cost costs cost cost costing
cut cuts cut cut cutting
deal deals dealt dealt dealing
dig digs dug dug digging
do does did done doing
draw draws drew drawn drawing
drive drives drove driven driving
fall falls fell fallen falling
feed feeds fed fed feeding
feel feels felt felt feeling
find finds found found finding
forget forgets forgot forgotten forgetting
freeze freezes froze frozen freezing
get gets got got/gotten getting
give gives gave given giving
go goes went gone going
grind grinds ground ground grinding
grow grows grew grown growing
hang hangs hung hung hanging
have has had had having
hear hears heard heard hearing
hold holds held held holding
hurt hurts hurt hurt hurting
keep keeps kept kept keeping
know knows knew known knowing
lay lays laid laid laying
lead leads led led leading
leave leaves left left leaving
lend lends lent lent lending
let lets let let letting
lie lies lay lain lying
lose loses lost lost losing
make makes made made making
mean means meant meant meaning
meet meets met met meeting
oversee oversees oversaw overseen overseeing
pay pays paid paid/payed paying
put puts put put/putted putting
read reads read read reading
redo redoes redid redone redoing
ring rings rang rung ringing
rerun reruns reran rerun rerunning
run runs ran run running
say says said said saying
see sees saw seen seeing
seek seeks sought sought seeking
sell sells sold sold selling
send sends/sents sent sent sending
resend resends resent resent resending
set sets set set setting
sew sews sewed sewn sewing
show shows showed shown showing
shut shuts shut shut shutting
sit sits sat sat sitting
spell spells spelled spelt spelling
split splits split split splitting
spread spreads spread spread spreading
stand stands stood stood standing
stick sticks stuck stuck sticking
take takes took taken taking
teach teaches taught taught teaching
tell tells told told telling
think thinks thought thought thinking
understand understands understood understood understanding
undo undoes undid undone undoing
withdraw withdraws withdrew withdrawn withdrawing
withhold withholds withheld withheld withholding
underwrite underwrites underwrote underwritten underwriting
write writes wrote written writing
wear wears wore worn wearing
steal steals stole stolen stealing
tear tears tore torn tearing
rewrite rewrites rewrote rewritten rewriting
thaw thaws thawed thawed thawing
countersign countersigns countersigned countersigned countersigning
""".strip().splitlines()
    + ODD
)

# Last letter doubles before -ed and -ing (stressed end; the others follow from one-syllable words).
DOUBLING = frozenset(
    """
    submit admit commit permit refer transfer prefer defer confer occur control equip resubmit re-submit cancel
    label travel model signal fulfil enrol program format remit rebut allot backlog unplug total tally
    """.split()
)

# Noun → the verb it stands for: "after approval of the budget", "a check is made".
NOMINAL = dict(
    pair.split(":")
    for pair in """
    acceptance:accept acknowledgement:acknowledge activation:activate adjustment:adjust allocation:allocate
    analysis:analyse announcement:announce approval:approve archiving:archive arrangement:arrange assembly:assemble
    assessment:assess assignment:assign authorisation:authorise authorization:authorize booking:book
    calculation:calculate cancellation:cancel check:check checking:check clarification:clarify
    classification:classify clearance:clear closure:close collection:collect comparison:compare completion:complete
    computation:compute confirmation:confirm consolidation:consolidate consultation:consult correction:correct
    creation:create decision:decide delivery:deliver determination:determine diagnosis:diagnose dispatch:dispatch
    distribution:distribute documentation:document editing:edit evaluation:evaluate examination:examine
    execution:execute filing:file finalisation:finalise finalization:finalize identification:identify
    implementation:implement inspection:inspect installation:install investigation:investigate invoicing:invoice
    matching:match modification:modify negotiation:negotiate notification:notify packing:pack packaging:package
    payment:pay picking:pick placement:place planning:plan posting:post preparation:prepare printing:print
    processing:process procurement:procure production:produce proofreading:proofread publication:publish
    purchase:purchase receipt:receive receiving:receive reconciliation:reconcile recording:record
    registration:register rejection:reject release:release removal:remove repair:repair replacement:replace
    reservation:reserve resolution:resolve retrieval:retrieve review:review revision:revise scanning:scan
    screening:screen selection:select shipment:ship shipping:ship shortlisting:shortlist signature:sign signing:sign
    sorting:sort storage:store submission:submit termination:terminate testing:test training:train transfer:transfer
    transmission:transmit treatment:treat update:update upload:upload validation:validate verification:verify
    withdrawal:withdraw test:test interview:interview audit:audit inquiry:inquire repetition:repeat
    """.split()
)

# Verbs that carry a noun that says the work: "perform a check", "make a decision", "carry out the review".
LIGHT = frozenset(
    """
    perform conduct do make execute undertake run have complete give hold
    """.split()
)

# Verbs after which the work is the next verb: "has to send", "starts printing", "is asked to sign".
CATENATIVE = frozenset(
    """
    have need start begin try attempt want tend continue commence proceed get go help manage be come ought use keep
    finish stop remember like agree plan prefer choose happen bother struggle expect suppose
    """.split()
)

# Work that guards: it looks at something somebody else made and can stop it.
CONTROL = {
    "check",
    "verify",
    "review",
    "approve",
    "inspect",
    "validate",
    "examine",
    "audit",
    "compare",
    "reconcile",
    "authorise",
    "authorize",
    "countersign",
    "counter-sign",
    "double-check",
    "cross-check",
    "recheck",
    "vet",
    "re-check",
    "pre-check",
    "match",
    "test",
    "screen",
    "assess",
    "control",
    "release",
    "sign off",
}

# Work after which the case is usually over, badly.
REFUSE = frozenset(
    """
    reject decline refuse deny cancel dismiss discard withdraw abort scrap
    """.split()
)

# Particles that belong to the verb before them: "fill in", "send out", "pick up".
PARTICLES = frozenset(
    """
    in out up off back on over down through away together along aside around forward
    """.split()
)
PHRASAL = frozenset(
    " ".join(pair.split())
    for pair in """
    fill in; fill out; send out; send off; send back; pick up; carry out; hand in; hand over; set up; back up; look
    up; look at; take out; take over; write up; write down; type in; type out; key in; sign off; sign up; sort out;
    follow up; hand out; give back; pass on; put together; put up; put aside; put away; draw up; make up; mark up;
    clean up; close off; close out; log in; log off; call back; call up; bring back; bring in; work out; figure out;
    find out; point out; check in; check out; double check; weigh up; print out; go through; get back; ring up; ring
    back; chase up; top up; line up; start up; shut down; turn off; turn on; switch off; switch on; plug in; roll
    out; open up; pull out; pull up; ship out; lay out; read through; tick off; wrap up; settle up; take back; take
    up; turn down; knock back; phone up; phone back; break down; hold back; pass along; pay out; pay back; send on;
    send over; send round; type up; copy over; note down; jot down; track down; book in; book out; come in; come
    back; come up; go back; go out; go on; end up; turn up; show up; pop up; kick off; take off; keep back; drop
    off; move on; let down; hang up; fob off; box up; pack up; scrape off; stick on; put on; put back; put down; throw
    away; throw out; send away; drive off; tear off; tear down; test drive; make out; cut off; cut out; wipe down;
    sweep up; bag up; load up; set aside; set out; draw out; let in; let out; show in; show out; see in; see off; stamp
    off; count out; weigh out; measure out; measure up; mix in; mix up; hang out; pin up; take down; take in; bring
    along; bring up; bring out; bring round; pass along; pass round; read out; sell off; write off; write out; write
    back; email back; mail back; note up; book off; take apart; put through; lock up; lock away; open up; warm up;
    heat up; cool down; clear out; clear up; clear away; fix up; patch up; dry off; strip down; hold up; lift out;
    lift up; file away; sign in; sign out; scan in; check off; cross off; cross out; rub out; leave out; hand back;
    go over; go around; run through; talk through; walk through; read over; call in; call off; pay in; pay off; round
    up; move out; move in; even out; thin out; point up; ring through; phone through
    """.split(";")
)
# "take care of the claim" is to handle it.
IDIOMS = {
    ("take", "care", "of"): "take care of",
    ("make", "sure"): "make sure",
    ("get", "in", "touch", "with"): "contact",
    ("keep", "track", "of"): "keep track of",
    ("have", "a", "look", "at"): "look at",
    ("take", "a", "look", "at"): "look at",
    ("get", "hold", "of"): "contact",
    ("get", "rid", "of"): "remove",
    ("put", "on", "hold"): "put on hold",
    ("take", "note", "of"): "note",
    ("take", "place"): "take place",
    ("look", "at"): "look at",
    ("get", "to", "it"): "get round",
    ("get", "to", "them"): "get round",
    ("get", "back", "to"): "answer",
    ("sign", "off", "on"): "sign off",
    ("get", "round", "to"): "get round",
    ("get", "around", "to"): "get round",
}
