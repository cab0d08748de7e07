"""Every error a user can meet: its class, its cause, its remedy and the exit code it ends a command with.

    AssistantError                   70  a fault of ours
    ├── InputError                    2  what was given cannot be used
    │   ├── UsageError                2  the command was called wrongly
    │   ├── UnreadableFile            2  a file cannot be opened, is too large or is of another kind
    │   ├── InvalidProcess            2  a process document breaks the schema or its own references
    │   ├── EditRefused               2  an edit does not fit the process; nothing was changed
    │   ├── InvalidBpmn               2  a BPMN file is broken, hostile or cannot become a tree
    │   ├── NotAProcess               2  the text does not describe a process that runs again and again
    │   └── InvalidLibrary            2  a library entry breaks its schema
    ├── CheckFailed                   1  a check was made and failed, or got worse
    ├── Undecided                     4  the evidence does not decide
    ├── ServiceError                  3  a model or service is missing, unreachable or gave no usable answer
    │   ├── ModelMissing              3  no key, no such model, or its package is not installed
    │   ├── ModelUnreachable          3  no connection, a stall, a deadline passed
    │   ├── ModelRefused              3  the service said no: key, quota, rate, content
    │   └── ModelAnswerInvalid        3  an answer came, but is cut off or breaks the reply's shape
    └── StorageError                  2  a folder or the project's journal cannot be read or written

An error is shown as one to three lines: what happened, why, and what to do next.
"""

from __future__ import annotations


class AssistantError(Exception):
    """The base of the family. `what` happened, `why` (the cause), `remedy` (what to do next).

    `exit_code` is the process's exit status when the error ends a command (interface: 1, 2, 3, 4 or 70).
    """

    exit_code = 70

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.remedy = remedy

    @property
    def cause(self) -> str:
        """What happened and why, in a line."""
        return ": ".join(line.strip(" .") for line in (self.what, self.why) if line.strip(" .")) + "."

    def __str__(self) -> str:
        return "\n".join(line for line in (self.what, self.why, self.remedy) if line)


class InputError(AssistantError):
    """What was given cannot be used; nothing was changed."""

    exit_code = 2


class UsageError(InputError):
    """The command was called with words or options that do not fit together."""


class UnreadableFile(InputError):
    """A file is missing, empty, too large, of another kind than its name says, or may not be opened."""


class InvalidProcess(InputError):
    """A process document breaks the schema, its bounds or its own references."""


class EditRefused(InputError):
    """An edit does not fit the process it was meant for; the process stays as it was."""


class InvalidBpmn(InputError):
    """A BPMN file is broken or hostile, or its flow cannot become a tree; the elements are named.

    `spots` are the ids of the elements at fault in a file that could be read, so that they can be shown in its drawing.
    """

    def __init__(self, what: str, why: str = "", remedy: str = "", spots: tuple[str, ...] = ()) -> None:
        super().__init__(what, why, remedy)
        self.spots = spots


class NotAProcess(InputError):
    """The text does not describe work that is done again and again."""


class InvalidLibrary(InputError):
    """A library entry breaks its schema, its sources or its references."""


class CheckFailed(AssistantError):
    """A check was made and failed, or a comparison says it got worse."""

    exit_code = 1


class Undecided(AssistantError):
    """The evidence at hand does not decide the question."""

    exit_code = 4


class ServiceError(AssistantError):
    """A model or service is missing, unreachable or gave no usable answer."""

    exit_code = 3


class ModelMissing(ServiceError):
    """There is no key, no model of that name, or the provider's package is not installed."""


class ModelUnreachable(ServiceError):
    """No connection, a stalled stream or a deadline that passed."""


class ModelRefused(ServiceError):
    """The service answered no: the key, the quota, the rate, the request or its content."""


class ModelAnswerInvalid(ServiceError):
    """An answer came but is cut off, empty, or does not have the shape that was asked for."""


class StorageError(InputError):
    """A folder or the project's journal cannot be read or written."""
