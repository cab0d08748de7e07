"""The small words of English, each with its tag, and the cue phrases that say how steps hang together.

Tags: D determiner, P pronoun that can be a subject, O other pronoun, N noun, A adjective, R adverb, M modal, B be,
H have, F do, T to, I preposition, C coordination, S subordination, W relative or question word, X not, V verb,
# number, and the marks themselves.
"""

from __future__ import annotations

SMALL: dict[str, str] = {}


def _tag(tag: str, words: str) -> None:
    SMALL.update(dict.fromkeys(words.split(), tag))


_tag(
    "D",
    """the a an this these those my your his her its our their each every some any no another all both either neither
such several certain respective whichever whatever most many few various enough half""",
)
_tag(
    "P",
    """i you he she it we they there somebody someone anybody anyone nobody everybody everyone one nothing something
everything anything""",
)
_tag("O", "me him us them mine yours hers ours theirs")
_tag("R", "myself himself herself itself ourselves themselves yourself")
_tag("M", "can could may might must shall should will would ca wo 'll 'd ought")
_tag("B", "is are am was were be been being 're 'm")
_tag("H", "has have had having 've")
_tag("F", "do does did")
_tag("T", "to")
_tag("X", "not n't never")
_tag("C", "and or but nor plus &")
_tag("S", "if when once unless because while whereas although though whenever as until till whether since lest")
_tag("W", "who which whom whose where what why how that")
_tag(
    "I",
    """in on at by for with from of into onto about over under between among through during within without
against towards toward
via per upon across along after before behind below above near beyond despite except like off out up down past around
inside outside throughout regarding concerning including than versus round amongst back""",
)
_tag(
    "R",
    """also again just only very too quite rather already still soon now here often always usually normally sometimes
occasionally rarely seldom maybe perhaps then afterwards afterward subsequently finally later next first
firstly second secondly third
thirdly fourth lastly eventually immediately meanwhile simultaneously concurrently otherwise therefore thus
hence however
moreover furthermore additionally besides instead else together yet even almost nearly roughly basically actually
well so ever twice anyway directly straight away consequently accordingly thereafter beforehand likewise sadly
obviously honestly currently nowadays apparently hopefully typically generally mostly largely partly similarly
yesterday today tomorrow overnight online offline offsite upfront twice more less much please depending far back ahead
further right indeed manually personally separately parallel eg ie etc yes oh ah um well""",
)
# Both determiner and pronoun; the tagger decides.
ALSO_PRONOUN = frozenset(
    """
    this these those that all both each some any either neither another most many few several such half her one
    """.split()
)

ADJECTIVES = set(
    """
    able additional annual appropriate available bad best better big bigger blank blue busy clear common complete
    correct current customer-facing daily different difficult digital direct due early easy electronic empty entire
    equal existing external extra fast final financial first former free fresh full further general good great hard
    heavy high huge important incomplete incorrect individual initial internal invalid last late latest latter legal
    likely little local long low lower main major manual medical minor missing monthly necessary needed negative new
    next normal obvious official old only open original other outstanding own overall paper-based particular partial
    physical poor positive possible potential preliminary present previous prior private proper public quick ready
    real recent red regular relevant remaining responsible right same second secure senior separate serious short
    significant similar simple single slow small special specific standard still successful suitable sure technical
    third total true typical unable unclear unique unknown unavailable unnecessary unsuccessful urgent useful usual
    valid various vast visible weekly whole wrong yearly young satisfied happy unhappy ok okay fine interested
    eligible ineligible acceptable unacceptable feasible infeasible plausible implausible sufficient insufficient
    up-to-date in-house faulty complex complicated straightforward nice warm cold dirty green yellow black white
    insured solvent bankrupt mandatory optional customized corresponding following preceding subsequent average
    approximate detailed written signed nervous strict boring annoying
    """.split()
)

# Several words that work as one: how they are tagged, and what they become.
PHRASES: dict[tuple[str, ...], tuple[str, str]] = {}


def _phrases(tag: str, meaning: str, *phrases: str) -> None:
    """Each phrase, separated by semicolons, is one token with this tag and meaning."""
    for phrase in ";".join(phrases).split(";"):
        PHRASES[tuple(phrase.split())] = (tag, meaning)


_phrases(
    "S",
    "when",
    """
    as soon as; the moment; every time; each time; any time; whenever; immediately after; right after; shortly
    after; only after; directly after; only when; only once; soon after; even when; straight after; from the moment;
    after which point
    """,
)
_phrases(
    "S",
    "if",
    """
    in case that; in the case that; in cases where; in case; in the event that; in the event; provided that;
    provided; as long as; so long as; only if; even if; on condition that; assuming that; assuming; supposing; given
    that; except if; in the case where; in the case when; where necessary; in the exceptional case that
    """,
)
_phrases(
    "I",
    "in case of",
    """
    in case of; in the case of; in the event of; in cases of; in the exceptional case of; in the rare case of
    """,
)
_phrases(
    "I",
    "depending on",
    """
    depending on; depending upon; dependent on; according to whether; based on whether
    """,
)
_phrases(
    "S",
    "unless",
    """
    except when; unless
    """,
)
_phrases(
    "I",
    "because of",
    """
    because of; due to; owing to; thanks to; as a result of; by means of; in terms of; with regard to; with respect
    to; according to; in accordance with; on the basis of; based on; as part of; in addition to; instead of; rather
    than; such as; as well as; together with; along with; as opposed to; on behalf of; in front of; with the help
    of; apart from; other than; in favour of; in favor of; up to; by using; next to; in charge of; out of; as per;
    with reference to; in response to
    """,
)
_phrases(
    "I",
    "prior to",
    """
    prior to; ahead of
    """,
)
_phrases(
    "T",
    "in order to",
    """
    in order to; so as to
    """,
)
_phrases("R", "", "either")
_phrases(
    "S",
    "so that",
    """
    so that; in order that; such that
    """,
)
_phrases(
    "S",
    "until",
    """
    until such time as; up until; until
    """,
)
_phrases(
    "S",
    "while",
    """
    whilst; at the same time as; while
    """,
)
_phrases(
    "R",
    "then",
    """
    after that; after this; after it; following this; following that; in the following; in a next step; as a next
    step; in the next step; in the second step; as the next step; from there; from then on; upon this; thereupon;
    after doing so; after having done so; once this is done; once that is done; when this is done; once done; when
    done; when that's done; next up; in a second step; in a last step; as a last step; at the end; in the end; at
    last; at this point; after which; whereupon; as a final step; in a final step; at that point; with that done;
    after these steps; once that's done; once it's done; after these activities; in a further step
    """,
)
_phrases(
    "C",
    "then",
    """
    and then; but then; or then
    """,
)
_phrases(
    "R",
    "first",
    """
    first of all; to start with; to begin with; at first; initially; as a first step; in a first step; in the first
    step; at the beginning; in the beginning; at the start; for a start
    """,
)
_phrases(
    "R",
    "parallel",
    """
    at the same time; in the meantime; in the meanwhile; in parallel; in parallel to this; parallel to this;
    simultaneously; concurrently; parallelly; at the very same time; on the side; alongside this; in parallel to
    that; in parallel with this; during this time; during that time; while this is happening; while that is
    happening; while that happens; while this happens; while all this happens; meantime
    """,
)
_phrases(
    "R",
    "rejoin",
    """
    in any case; in either case; either way; in both cases; in all cases; whatever happens; whichever way; whatever the
    outcome; one way or another; one way or the other
    """,
)
_phrases(
    "R",
    "else",
    """
    or else; if not; in the other case; in all other cases; in any other case; in other cases; in the opposite case;
    in all the other cases; if this is not the case; if that is not the case; if it is not; if they are not; if it
    isn't; if that's not the case; if they aren't; if not so; if no; else; for all others; for everything else; in
    the negative case; if this isn't the case; if it doesn't; if it does not; if she doesn't; if he doesn't; if they
    don't; if we don't; if we do n't; if we do not; if we have n't; if we have not; if it has n't; if it has not; if
    they have n't; if they have not; if he is n't; if she is n't; if he is not; if she is not; if that fails;
    if this fails; if he does not; if she does not; if they do not
    """,
)
_phrases(
    "R",
    "so",
    """
    in this case; in that case; in such a case; in such cases; in these cases; in those cases; if so; if yes; if
    this is the case; if that is the case; if it is; if they are; if that's the case; in the positive case; if it
    does; if he does; if she does; if they do; if we do; if we have; if we are; if she is; if he is; if
    it has; if they have
    """,
)
_phrases(
    "R",
    "former",
    """
    in the former case; in the first case; in the former
    """,
)
_phrases(
    "R",
    "latter",
    """
    in the latter case; in the second case; in the latter
    """,
)
_phrases(
    "R",
    "before",
    """
    before that; before this; prior to this; prior to that; but before that; even before that; but first; just
    before that; right before that
    """,
)
_phrases(
    "R",
    "sometimes",
    """
    in some cases; in rare cases; now and then; every now and then; from time to time; once in a while; on occasion;
    in most cases; in a few cases; in exceptional cases; if necessary; if needed; if required; where needed; when
    necessary; when needed; if applicable; if appropriate; if possible; where appropriate; where required; as
    needed; as required; if need be
    """,
)
_phrases(
    "R",
    "",
    """
    by the way; for example; for instance; of course; in general; as usual; as a rule; at least; at most; at all; as
    well; so far; in fact; to be honest; by hand; by then; right away; straight away; no longer; no
    later than; each other; one another; in total; on average; as follows; so on; and so on; and all that;
    all together; and the
    like; and stuff; and such; four eyes; you know; i would say; i 'd say; i'd say; i think; i guess; i believe; or
    something; or so; if you ask me; believe it or not; let's say; and so forth; as possible; of the day; per se; a
    bit; a lot; kind of; sort of; as a result; as a consequence; in particular; in turn; in detail; in addition; for
    sure; at once; if you're lucky; if you 're lucky;
    if we 're lucky; if all goes well; if you like; in doing so; to this end; for this purpose; for this;
    with this; more or less; once again; once
    more; in time; on time
    """,
)
_phrases(
    "N",
    "",
    """
    out of office; end of month; month end; point of contact; proof of delivery; bill of lading; terms of reference;
    follow up; sign off; back office; front office; front desk; help desk; service desk
    """,
)
for _drop in ("follow up", "sign off"):
    PHRASES.pop(tuple(_drop.split()))

LONGEST = max(map(len, PHRASES))
FIRSTS = frozenset(phrase[0] for phrase in PHRASES)
