"""The process redesign assistant: words in, a better process out, with reasons and measured effects.

The rooms of the house, lowest first: `errors`, `english`, `folders`, `settings`, `process`, `intake`, then `bpmn`,
`simulation`, `language`, `library` and `projects`, then `redesign`, `feedback` and `eventlog`, then `workspace` and
`handover`, then `chat` and `reports`, then `app`, `evals`, `page` and `cli`. What each is for stands in its
`__init__.py`. Imports run downward only; `make check` says so.
"""

__version__ = "0.1.0"
