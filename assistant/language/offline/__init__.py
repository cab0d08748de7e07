"""The offline reader: plain-English stories into processes by rules and word tables, without a language model.

A story passes through these folders, each standing on those before it (import-linter holds that):

    words       what is hidden from the reader, sentences and tokens, verbs told from nouns, groups of words
    sentences   figures cut out before the grammar runs, clauses, names of steps, statements
    meaning     actions with doers and things, conditions, which actions are steps of this work
    amounts     durations to the steps they speak of, people and volumes, totals of the whole
    flow        the tree: branches and their alternatives, ways back, work at the same time, endings

`story` leads through them, `build` makes the process, `is_it_work` says why a text is none of work, and `table_rows`
reads a table of steps. The words stand in `assistant/english/data`; `words.word_tables` names them.
"""
