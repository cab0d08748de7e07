"""The one gate of what a turn writes: whether the words of the turn carry the edits that were read from them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.corrections import recent_steps
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.borne_out import borne_out
from assistant.language.correct.carried_by_words import unsaid
from assistant.language.correct.hardly_so import hardly_so
from assistant.language.correct.last_look import beside, doubted, renames_for_one
from assistant.language.correct.must_stay import takes_out_what_stays
from assistant.language.correct.one_of_two import takes_out_the_one
from assistant.language.correct.sound_conditions import unsound
from assistant.language.correct.words_as_known import as_known
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.projects.journal import Said
from assistant.workspace.session import STORY_BREAK, Session


def in_doubt(session: Session, process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """Whether edits hold what the words of the turn under way do not say, or change what they do not speak of."""
    heard = session.heard.what if session.heard else None
    told = isinstance(heard, Said) and heard.source == "story"
    recent = recent_steps(session.state.entries, process)
    words = as_known(words, Catalogue(process))
    beyond = doubted if told else beside
    # A story is read as one whole each time: what was told before may become a step, a role or a figure only now.
    before = STORY_BREAK.join(session.state.said())
    carried = f"{before}\n{words}" if told else words
    if not borne_out(process, words, edits, told) or (not told and hardly_so(process, words, edits)):
        return True
    if renames_for_one(process, words, edits) or unsound(process, edits) or takes_out_what_stays(words, edits):
        return True
    if takes_out_the_one(process, words, edits):
        return True
    return unsaid(process, carried, edits) or beyond(
        process, words, edits, recent, STORY_BREAK.join(session.state.said())
    )
