"""What a step costs each time besides the hours of who does it: postage, a courier, material by the piece."""

from __future__ import annotations

from assistant.language.figures.prices import bounds_nothing, of_a_thing
from assistant.language.figures.reading import figures_in
from assistant.language.offline.sentences.same_step import content, stem
from assistant.language.offline.sentences.statements import Act, Said

_PAYING = frozenset("pay charge bill invoice refund transfer".split())
_SENDING = frozenset("post mail send ship dispatch deliver".split())
_SENT = frozenset("postage post mail parcel courier shipping stamp letter".split())


def attach_costs(text: str, told: list[Said]) -> None:
    """Give an amount told of a thing to the step of its sentence, else to the earlier step it speaks of."""
    earlier: list[Act] = []
    for said in told:
        sentence = text[said.span.start : said.span.end]
        amounts = [figure for figure in figures_in(sentence) if figure.kind == "money" and not figure.vague]
        acts = [act for act in said.acts() if act.verb != "wait"]
        here = [act for act in acts if amounts and act.span.start <= said.span.start + amounts[0].a]
        sent = bool(here) and here[-1].verb in _SENDING and bounds_nothing(sentence, amounts[0])
        if len(amounts) == 1 and (sent or of_a_thing(sentence, amounts[0])):
            of_earlier = _spoken_of(earlier, sentence)
            act = here[-1] if here and here[-1].verb not in _PAYING else of_earlier
            if act is not None:
                act.facts.setdefault("cost", amounts[0].middle)
            if act is not None and here and act is of_earlier:  # "we pay 9 euros postage" is no step of its own
                said.items = [item for item in said.items if item.act is not here[-1]]
                acts.remove(here[-1])
        earlier += acts


def _spoken_of(earlier: list[Act], sentence: str) -> Act | None:
    """The step told last that is named by words of the sentence, or sends what its postage is told of."""
    words = {stem(word) for word in content(sentence)}
    sends = bool(words & _SENT)
    for act in reversed(earlier):
        alike = len(words & {stem(word) for word in content(act.name)}) > 1
        if alike or act.verb in words or (sends and act.verb in _SENDING):
            return act
    return None
