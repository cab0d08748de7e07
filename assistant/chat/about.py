"""What a turn says of what is there already, read against what the conversation spoke of last."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.corrections import recent_steps, stays
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.borne_out import borne_out
from assistant.language.correct.correction import added, proposed, read
from assistant.language.correct.order_of_steps import CLOSE
from assistant.language.correct.sentence_said import likely
from assistant.process.edits import Edit, Move, PutRole, SetRole
from assistant.projects.journal import Said
from assistant.workspace.session import STORY_BREAK, Session

ASKED_WHETHER = "You ask whether it could be so; today stays as it is. To have it done so from now on, pick it:"


def said_of_it(session: Session, words: str, wrong: bool, telling: bool, adds: bool) -> Outcome | Doubt | None:
    """A correction, a figure, a step at a place; `adds`: a new step is asked for as a thing."""
    process = session.process
    if adds:
        return added(process, words)
    recent = spoken_of(session) or recent_steps(session.state.entries, process)
    found = read(process, words, recent, wrong, telling, STORY_BREAK.join(session.state.said()))
    return found if isinstance(found, Doubt) or found is None or borne_out(process, words, found.edits) else None


def so_already(session: Session, words: str, edits: Sequence[Edit]) -> str:
    """What words tell that is so by a wording that leaves no doubt, while `edits` would put a step into other hands or
    elsewhere; empty where they tell something new."""
    moves = any(isinstance(edit, SetRole | Move) for edit in edits)
    if not moves or CLOSE.search(words) or not all(isinstance(edit, SetRole | Move | PutRole) for edit in edits):
        return ""
    found = said_of_it(session, words, True, False, False)
    return found.title if isinstance(found, Outcome) and stays(session.process, found.edits) else ""


def asked_for(session: Session, words: str) -> Outcome | None:
    """What a question proposes: `could the learner book the lesson himself?`; None where it only asks."""
    return None if session.empty else proposed(session.process, words)


def spoken_of(session: Session) -> Sequence[str]:
    """The steps that the last words spoke of, if nothing came of them: what `it` means now."""
    said = [entry for entry in session.state.entries if isinstance(entry.what, Said)]
    if not said or session.state.changed_in(said[-1].turn) or not isinstance(said[-1].what, Said):
        return []
    return likely(Catalogue(session.process), said[-1].what.text.lower())[:1]
