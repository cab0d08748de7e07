"""The process redesign assistant: words in, a better process out, with reasons and measured effects.

The rooms of the house, lowest first: `errors`, `english`, `folders` and `addresses`, `settings`, `process`, then
`bpmn`, `simulation`, `eventlog`, `language`, `library` and `projects`, then `intake`, `redesign` and `feedback`, then
`workspace` and `handover`, then `chat`, `reports` and `evals`, then `app`, `page` and `cli`. What each is for stands
in its `__init__.py`.
Imports run downward only; `make check` says so.
"""

__version__ = "0.1.0"
