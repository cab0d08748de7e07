"""Words for who works: job titles, units, outside parties, first names, and systems."""

from __future__ import annotations

# Heads of noun groups that are people or units, whatever stands before them.
TITLES = set(
    """
    accountant adjuster administrator administration adviser advisor agency agent analyst applicant appraiser
    architect assembler assessor assistant associate attorney auditor authority bank bookkeeper board bookkeeping
    boss broker buyer captain caretaker carrier cashier centre center ceo cfo chef chief claimant clerk client coach
    colleague committee company consultant contractor controller controlling cook coordinator counsellor councillor
    courier council crew customer dealer debtor department dept designer desk developer director dispatcher dispo
    division doctor driver electrician employee employer engineer engineering estimator examiner executive expert
    finance fitter foreman forwarder garage group guard guest handler hr head helpdesk hospital inspector installer
    institute insurer intaker intern interviewer it janitor judge lab laboratory landlord lawyer lead leader
    librarian licensee logistics ltd maintenance man manager management manufacturer marketing mason mechanic member
    merchant ministry moderator musician nurse office officer operator operations owner packer painter panel partner
    patient payroll people person personnel physician picker pilot planner planning plumber police policyholder
    porter president procurement producer programmer provider psychiatrist purchaser purchasing receptionist
    reception recruiter recruiting registrar registry representative rep requester requestor researcher reviewer
    sales salesperson scheduler school scientist secretary secretariat secretarial sender service shareholder
    shipper shop staff storekeeper storehouse store student subcontractor subsidiary superior supervisor supplier
    support surveyor surgeon teacher team teamleader technician teller tenant tester therapist trainer translator
    treasurer treasury trucker underwriter unit university user vendor vet visitor volunteer waiter warehouse
    warehouseman woman worker workshop writer professor ambulance hotel airline cinema restaurant guy guys lady
    folks kitchen plant legal boys girls lads bosses landlady dispatch candidate citizen resident notary court jury
    mayor mover neighbour architect caseworker crowd party chair chairman chairwoman controlling accounting accounts
    controllers dispatchers freelancer payee payer beneficiary specialist generalist master apprentice creditor
    instructor host tailor baker conservator curator borrower lender homeowner declarant scaffolder reporter
    owner keeper warden reader witness pharmacist dentist optician florist gardener florist ranger
    clergyman teller butcher tiler roofer welder
    """.split()
)
# Not people although they end like it.
NOT_TITLES = set(
    """
    order letter number folder paper computer printer server offer answer matter quarter counter tender register
    transfer error router container trailer scanner reminder voucher parameter chapter newsletter header power water
    weather cover calculator container drawer buffer filter trigger ledger poster sticker marker corner summer
    winter october november september december color colour floor door motor sensor tractor factor indicator monitor
    error vector mirror tenor elevator ticket print paint point list cost test rest request post assist exist cost
    list checklist shortlist waitlist interest manifest harvest document payment shipment amount account plant
    discount client-account consultation user-story grant variant component equipment contract timer encounter
    remainder manner banner barrier tier layer meter parcel adapter charger screwer cluster master-data pallet
    consumer-goods backer other another never either neither whether rather further later after under over paperwork
    master-file flyer anger danger hunger finger disaster quarter shoulder fever lumber timber cyber fiber number
    cooler boiler freezer toner other insurance-cover discounter cancer december chapter diameter kilometer
    center-piece border wonder slider spider
    """.split()
)
UNITS = set(
    """
    department team office unit division group desk sales accounts accounting purchasing procurement logistics
    finance marketing engineering warehouse hr it payroll legal controlling reception maintenance operations
    dispatch administration treasury workshop kitchen planning support service helpdesk management board committee
    registry crew staff storehouse storage laboratory lab invoicing recruiting shipping pricing packing picking
    security facilities compliance acquisitions cataloguing radiology pathology cardiology pharmacy circulation
    admissions housekeeping catering communications despatch stores customs sterilisation qa ops archives transport
    payments settlements treasury fundraising bookings reservations returns nursing triage intake safety
    testing licensing permitting permits secretariat plant garage bookkeeping production quality credit billing
    collections claims underwriting compliance
    """.split()
)
# Bare unit names that count as who works only as the doer (or behind "in", "from", "to").
BARE_UNITS = frozenset(
    """
    legal it credit quality production billing collections claims underwriting compliance service support planning
    storage dispatch store shop plant head lead maintenance operations logistics people party group unit center
    centre management security facilities circulation customs transport payments returns safety triage intake stores
    archives communications nursing reservations bookings
    """.split()
)
OUTSIDE = set(
    """
    customer client supplier vendor applicant claimant patient citizen resident guest visitor student tenant carrier
    courier forwarder authority police bank insurer insured policyholder candidate contractor subcontractor shipper
    haulier dealer landlord notary court partner user subscriber consumer borrower debtor creditor garage neighbour
    passenger traveller member sender requester hospital surveyor broker adjuster public taxpayer payer beneficiary
    auditor council ministry landlady policy-holder
    """.split()
)
# Outside only when nothing says otherwise: these also work inside firms.
MAYBE_INSIDE = frozenset(
    """
    member requester user garage surveyor adjuster auditor council partner broker sender beneficiary hospital bank
    ministry police payer student
    """.split()
)
SYSTEMS = set(
    """
    sap erp crm dms cis pps mes wms tms hris ats servicenow jira salesforce excel access outlook sharepoint datev
    oracle dynamics navision workday zendesk netsuite hubspot teams slack confluence trello spreadsheet system
    database software tool app application portal website web-shop webshop shop-system mailbox inbox server intranet
    workflow platform bot robot scanner machine computer algorithm script interface
    """.split()
)
SYSTEM_HEADS = frozenset(
    """
    system software tool app platform bot robot database server portal erp crm algorithm script program machine
    website webshop computer
    """.split()
)
NAMED_SYSTEMS = frozenset(
    """
    sap erp crm dms cis pps mes wms tms hris ats servicenow jira salesforce excel access sharepoint datev oracle
    dynamics navision workday zendesk netsuite hubspot outlook confluence trello saperion
    """.split()
)

FIRST_NAMES = set(
    """
    aaron abdul adam adrian ahmed aisha alan albert alejandro alex alexander alexandra ali alice alicia alison
    amanda amir amy ana andrea andreas andrew andy angela anita ann anna anne anthony antonio arjun arthur astrid
    barbara beate beatrice ben benjamin bernd beth bettina bill birgit bob brian brigitte bruno carl carla carlos
    carmen carol caroline catherine cathy cecilia charles charlie charlotte chloe chris christian christina
    christine christoph claire clara claudia claus colin craig cristina dan daniel daniela dave david deborah denise
    dennis diana diane dick dieter dirk dominik don donna dora doris dorothy ed eddie edith edward elena elisabeth
    elizabeth ella ellen elsa emil emily emma eric erik erika erin esther eva evelyn fatima felix fernando fiona
    florian frances frank franz fred frieda gabi gabriel gabriele gary geoff george georg gerald gerd gerhard gina
    giovanni gisela giulia gloria grace graham greg greta gudrun hannah hans harald harry heather heidi heike heinz
    helen helena helga henry herbert hilde holger howard hugo ian ibrahim ines ingo ingrid irene iris isabel ivan
    jack jacob jake james jan jane janet janine jason jean jeff jen jennifer jens jenny jeremy jerry jessica jill
    jim joan joanna joe joel johan john johanna jon jonas jonathan jorge jose joseph josh joy juan judith judy julia
    julian julie jürgen karen karin karl karla kate katherine kathrin kathy katja keith kelly ken kerstin kevin kim
    kirsten klaus kumar kurt lara lars laura lauren lea lee lena leo leon leonie linda lisa liz lois lorenzo louis
    louise luca lucas lucy luis luisa lukas lydia maggie manfred manuel marc marcel marco marcus margaret maria
    marie marina mario marion mark markus marta martha martin martina mary mat mateo matt matteo matthew matthias
    maurice max maya megan mehmet melanie melissa mia michael michel michelle miguel mike miriam mohamed mohammed
    monica monika murat nadia nadine nancy natalie natasha neil nick nicola nicolas nicole nina noah nora norbert
    olaf oliver olivia omar oscar oskar otto pablo pam pamela pat patricia patrick paul paula pedro peggy peter
    petra phil philip pierre pieter priya rachel rainer ralf ralph raj rajesh ramona raul rebecca regina renate rene
    ricardo richard rita rob robert roberta roland rolf roman ron rosa rose ruth ryan sabine sally sam samantha
    samir samuel sandra sara sarah sascha scott sean sebastian sharon sheila silke silvia simon simone sofia sonia
    sonja sophia sophie stefan stefanie stella stephan stephanie stephen steve steven sue susan susanne suzanne sven
    svenja sylvia tamara tanja tanya tara ted teresa theo theresa thomas thorsten tim timo tina tobias tom tomas
    tony tracy uwe ulf ulrich ulrike ursula ute valentina vanessa vera verena veronica victor victoria vincent viola
    virginia volker walter wendy werner wilhelm will william wolfgang yasmin yusuf yvonne zoe
    """.split()
)
NOT_ALONE_NAMES = frozenset(
    """
    will mark bill rose grace joy may pat sue rob jack max grant dick don mat
    """.split()
)
