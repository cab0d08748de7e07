"""Settings of a program whose plays are not what is looked at: few cases, played twice."""

SHORT_PLAYS = """
[simulation]
cases = 30
replications = 2
[redesign]
quick_cases = 20
quick_replications = 2
"""
