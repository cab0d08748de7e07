"""Whether a text is English: by the small words that hold its sentences together, which no translation keeps."""

from __future__ import annotations

import re
from collections import Counter

from assistant.english.tables import classed

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = classed("reading", "english")
_OTHERS = {
    "German": "der die das und ist sind den dem des ein eine einen einer eines nicht mit von zu auf für wird werden "
    "sich wenn dann oder aber nach bei aus durch über wir ich sie er es auch noch im zum zur vom beim muss kann",
    "French": "le les des et est sont une du au aux dans pour pas qui que sur avec par il elle nous vous ils ce cette "
    "se ne si puis ensuite alors après avant leur chez être ont la",
    "Spanish": "el los las del y es son una un por para con que se su al lo como cuando si entonces después antes pero "
    "más no está están la en",
    "Italian": "il lo gli di del della dei delle e è sono una un per con che non si al alla nel nella quando se poi "
    "dopo prima ma viene la",
    "Dutch": "de het een en van is zijn niet met op voor wordt worden als dan of maar na bij uit door over wij ik ze "
    "hij ook nog naar om te dat die moet kan",
    "Portuguese": "o os as do da dos das e é são uma um por para com que se não ao à no na quando depois antes mas em",
    "Polish": "i w z na do nie jest są się że to po od dla przez jeśli potem ale lub oraz jak który która",
    "Swedish": "och är att en ett det som på av för med inte till den de om när sedan eller men efter vid från vi han",
    "Danish": "og er at en et det som på af for med ikke til den de hvis når derefter eller men efter ved fra vi han",
}
_FOREIGN = {name: frozenset(words.split()) - _ENGLISH for name, words in _OTHERS.items()}
FEWEST_WORDS = 8
FEWEST_KINDS = 3
SHARE = 0.15
"""Of all words that must be small words of the other language."""


def foreign_language(text: str) -> str | None:
    """The language of a text that is not English, as far as its small words tell; None for English and in doubt.

    Names, addresses and notes in telegram style have few small words of any language and are never taken for one.
    """
    words = [word.lower() for word in _WORDS.findall(text[:100_000])]
    if len(words) < FEWEST_WORDS:
        return None
    counted = Counter(words)
    english = sum(counted[word] for word in _ENGLISH)
    best, most = None, 0
    for name, small in _FOREIGN.items():
        hits = sum(counted[word] for word in small)
        kinds = sum(word in counted for word in small)
        if kinds >= FEWEST_KINDS and hits > most:
            best, most = name, hits
    if best is None or most < SHARE * len(words) or most <= 2 * english:
        return None
    return best


def is_another_script(text: str) -> bool:
    """Whether most letters are none of the Latin alphabet: Greek, Cyrillic, Chinese and others."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(letters) >= 20 and sum(ord(c) > 0x24F for c in letters) > 0.5 * len(letters)
