"""The offline reader: plain-English stories into processes by rules and word tables, without a language model.

A story passes through these modules, one idea each:

    tokens → tagging → groups → clauses → statements → flow → facts → build

`tokens` cuts text into sentences and words that know their place; `tagging` tells verbs from nouns; `groups` finds verb
groups and noun groups; `clauses` puts them together as who does what; `statements` turns clauses into actions, conditions
and cues; `flow` makes a tree of them; `facts` picks up figures; `build` makes the process and its edits.
"""
