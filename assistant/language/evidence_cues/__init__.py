"""Evidence read from a story: the sentences that say why the work hurts, what must stay and what it costs.

What is looked for is data: a file for each kind of remark beside this one says how it is tied to steps and lists
phrases (`cues`, `patterns`); `frames` hears the same kinds by broad classes of words. `reading` finds the remarks of a
story, `placing` the steps they speak of.
"""
