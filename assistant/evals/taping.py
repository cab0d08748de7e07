"""The app with a tape between it and the model, to record what is answered or to answer from a recording."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.app import App
from assistant.errors import UsageError
from assistant.evals.stamp import now
from assistant.evals.tape import Recording, Replaying, Tape
from assistant.gateway.gateway import behind
from assistant.gateway.transport import Transport


def app_with_tape(app: App, record: Path | None, replay: Path | None) -> tuple[App, Tape | None]:
    """The app as it is, or with a model that is recorded or played from a tape; the tape.

    A replay needs neither key nor network; without --model it takes the model of the recording. Raises UsageError,
    UnreadableFile, ModelMissing.
    """
    if record is not None and replay is not None:
        raise UsageError("A run is either recorded or replayed.", remedy="Leave --record or --replay out.")
    if record is None and replay is None:
        return app, None
    if replay is not None:
        tape = Tape(replay, recording=False)
        name = app.settings.model if app.settings.model != "offline" else str(tape.head.get("model", ""))
        settings = app.settings.model_copy(update={"model": name, "base_url": tape.head.get("base_url")})
        return replace(app, settings=settings, handed=behind(Replaying(name, tape), settings)), tape
    settings, own = app.settings, app.settings.language
    if settings.model == "offline":
        raise UsageError(
            "There is nothing to record.", "The built-in rules ask no model.", "Add --model PROVIDER:NAME."
        )
    inner = Transport(settings.model, settings.base_url, own.call_seconds, own.requests)
    inner.prepare()
    head = {"model": settings.model, "base_url": settings.base_url, "date": now()}
    assert record is not None
    tape = Tape(record, recording=True, head=head)
    return replace(app, handed=behind(Recording(inner, tape), settings)), tape
