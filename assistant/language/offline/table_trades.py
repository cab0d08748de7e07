"""More verbs of everyday work: offices, crafts, care, kitchens, transport, farms, schools, media."""

from __future__ import annotations

# Words that are hardly ever nouns: where they stand after a noun, they are its verb.
TRADES = """
    abbreviate absorb accommodate accumulate acquaint adhere affix aggregate align allay alter alternate amplify
    annotate anonymise anonymize appease arrange assay attest auction augment backdate bail balance bathe bleach
    blend boil bolt bootstrap bottle brush buff burn caption carve catheterise centrifuge chair chill chisel circle
    clamp clip clone coach coat coax codify collate comb compact compost compress condense console convene cool crop
    crush cultivate curate cure debone debrief debug decant decode decorate decouple deduce defer defrost defuse
    delimit delist demarcate denote depict deposit derive desalinate descale deselect detach deter detour devise
    disconnect disinfect dissolve distil distill dose douse drain drape dredge drill drip dust earmark elevate embed
    emboss enclose encrypt endorse engage engrave enlarge enlist enrich entrust envelop equip eradicate erect etch
    evacuate excavate exempt exhibit explore expose extinguish extrude fasten ferment fertilise finetune flatten
    flush foam forecast formulate foster fry fuse galvanise gauge glaze graft grease grate greenlight groom halt
    hammer harden hem hoist hose immunise impose impregnate incubate index infuse inoculate inscribe insulate
    intercept intubate irrigate isolate iron jot knead lacquer laminate lather lift liaise liquidate lubricate mash
    massage merge milk mince moisten mop mow mulch nail narrate negate notarise notarize nurse nourish oil outfit
    overhaul pad palletize pamper parse patch pave peel perforate photoshop pickle pinpoint pipette plait plane
    plant plaster pluck plumb poach pollinate pound prefill preheat preserve prick prime prune pump purge purify
    quarantine rearrange rake reconnect recount recycle redact refit refit refloat reformat refrigerate refurbish
    regenerate rehearse reheat reinforce reinstall reinstate remand remodel remunerate repaint repot resize resuscitate
    retouch retrain retrofit reupholster revalidate rewind rewire rinse rivet sanitise sanitize saddle salt sanitise
    scan scrape scrub sculpt sear secure sedate shampoo sharpen shave shear shorten shovel shuffle siphon skewer
    skin smoke smooth soak solder sow spike spin splice splint sponge spread sprinkle squeeze stain staple steam
    sterilise sterilize stir stitch strain straighten straighten stretch stuff subdivide subtitle suture swab
    sweep tabulate tack tailor tally tan tap tar taste tattoo tender tile till tilt tighten tin tint toast torque
    tranquillise transcribe transplant traverse trawl trim truck tuck tune turf typeset ultrasound unblock uncover
    undertake unearth unfasten unlock unlink unload unscrew unseal untie unwrap upholster upsell usher vaccinate
    vacuum vaporise varnish vent ventilate videotape wax wean weave wedge whip whisk whitewash widen winch wind wipe
    wring x-ray xray yoke
    ice judge reproduce triage seize rate scaffold deregister preview rota underwrite proof proofread typecheck
    cross-reference countercheck fact-check hand-deliver hot-desk spot-check stocktake safeguard second-guess
    shortlist short-list re-test re-issue re-measure re-order re-enter resubmit re-sign rebook
    link unlink accession accrue amortise arbitrate arrest audition auscultate average bait bale barcode baste
    beat bend biopsy
    bite blanch blow bolster braise brand broaden budget cannulate canvass capitalise cater champion chip conserve
    cordon counsel cross culture curtail debride defend deice demolish demote depreciate detain dialyse dice digitise
    digitize disembark diversify dock double-check drink dub eat embark empower enhance entertain erase exempt expand
    expel exterminate extubate film fingerprint fly foresee forgive frame fuel fumigate furlough govern grab guarantee
    guard headhunt hedge hoover hug hunt incorporate indemnify invigilate interrogate interrupt interpret jam
    join kick knock launder lecture lobby maximise maximize melt memorise memorize mend mentor minimise minimize moor
    motivate muster navigate obey observe orchestrate outbid override palpate patrol permit persuade pilot pipe poll
    prescreen prosecute publicise publicize punch punish quiz reap reduce refuel rehabilitate rehydrate repatriate
    rescue restructure retire revamp reward rob scatter scout screw script sculpt shake shelter shoot simmer simplify
    skim slide sling slit smash smell soak solicit solve soothe speak spearhead spend spray standardise standardize
    starch storyboard stream streamline strengthen strike string stroke subpoena summon supervise sweep tab tape target
    tax tear tempt throw tidy tip titrate transfuse trap treat tutor uncork unify unite unroll visualise visualize
    volunteer warm wave weed wet win winnow wrestle zest zoom
    """.split()

# What happens by itself: it makes conditions, not steps.
EVENTS = """
    arise break burst bounce collapse cough crack crash crowd decay differ explode fade flood freeze grow hurt jam
    lapse leak melt misfire overflow overheat overrun rattle rise rot rust shine shrink sink spill spoil squeak
    subside succeed swell trip vanish wobble wrinkle yellow wilt dwell
    """.split()

ODD = """
beat beats beat beaten beating
bend bends bent bent bending
bite bites bit bitten biting
bleed bleeds bled bled bleeding
blow blows blew blown blowing
burst bursts burst burst bursting
drink drinks drank drunk drinking
eat eats ate eaten eating
fly flies flew flown flying
forgive forgives forgave forgiven forgiving
foresee foresees foresaw foreseen foreseeing
arise arises arose arisen arising
rise rises rose risen rising
shake shakes shook shaken shaking
shoot shoots shot shot shooting
shrink shrinks shrank shrunk shrinking
sink sinks sank sunk sinking
slide slides slid slid sliding
speak speaks spoke spoken speaking
spend spends spent spent spending
spin spins spun spun spinning
strike strikes struck struck striking
string strings strung strung stringing
sweep sweeps swept swept sweeping
swell swells swelled swollen swelling
throw throws threw thrown throwing
weave weaves wove woven weaving
win wins won won winning
wind winds wound wound winding
wring wrings wrung wrung wringing
override overrides overrode overridden overriding
""".strip().splitlines()

# Those of them that are as often nouns or adjectives.
ALSO_NOUNS = frozenset(
    """
    bail balance bolt bottle brush burn buff caption chair chill circle clamp clip clone coach coat comb compact
    compost console cool crop crush cure deposit detour dose drain drape drill drip dust exhibit fuse forecast gauge
    glaze graft grease hammer hem hose ice index iron judge lift mash massage milk mop nail nurse oil outfit pad patch
    plane plant plaster pound prime pump rake salt scan secure shovel skin smoke smooth spike spin sponge spread
    stain staple steam stitch strain stretch swab tack tan tap tar taste tattoo tender tile till tilt tin tint
    toast torque truck tune turf ultrasound vacuum vent wax wedge whip whisk wind x-ray xray yoke scaffold rate rota
    preview proof triage shortlist patch saddle circle splint transplant underwrite overhaul preserve
    link arrest audition average bait bale biopsy bite blow brand budget champion chip counsel cross culture dice
    dock dub
    exempt film frame fuel guard hedge hug hunt jam kick knock lecture lobby mentor pilot pipe poll punch quiz rescue
    reward scout screw script shelter slide sling smell soak spray starch stream strike string stroke tab tape target
    tax tear tip trap tutor volunteer warm wave weed wet win zest permit guarantee
    break burst bounce crack crash crowd decay flood freeze lapse leak melt rise rust spill trip yellow shine jam sweep
    """.split()
)
