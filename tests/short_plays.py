"""Settings of a program whose plays are not what is looked at: few cases, played twice."""

SHORT_PLAYS = "[simulation]\ncases = 30\nreplications = 2\n"
