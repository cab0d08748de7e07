"""The process redesign assistant: words in, a better process out, with reasons and measured effects.

The rooms of the house, lowest first: `errors`, `settings`, `process`, then `bpmn`, `simulation`, `language`,
`library` and `projects`, then `redesign` and `feedback`, then `chat`, `reports` and `evals`, then `app` and `cli`.
Imports run downward only; `make check` says so.
"""

__version__ = "0.1.0"
