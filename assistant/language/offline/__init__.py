"""The offline reader: plain-English stories into processes by rules and word tables, without a language model.

A story passes through these modules, one idea each:

    clean, guard                  what is hidden or no story at all
    tokens, phrases, tagging      words with their places; verbs told from nouns (context, verb_or_noun)
    asides                        figures, found by language/figures and cut out before the grammar runs
    groups, cuts, clauses         verb groups, noun groups, who does what
    acts, things, roles, labels   actions with names, doers and things
    interpret                     a sentence as actions, conditions, cues (conditions, special, shape, limits, chances)
    pairs, placing, flow          the tree; loops, finish: ways back and ends
    timing, resources, remarks,   figures given to the steps they speak of
    overall, header, data
    build, story                  the process

`tables` names the words, which stand in `assistant/english/data`.
"""
