"""Evidence read from a story: the sentences that say why the work hurts, what must stay and what it costs.

What is looked for is data: a file for each kind of remark beside this one, read by `cues`; the phrases in it are
explained in `patterns`. `reading` finds the remarks of a story, `placing` the steps they speak of.
"""
