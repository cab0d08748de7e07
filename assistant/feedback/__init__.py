"""Customer feedback: read, mask, bring together what is said twice, judge, find themes, and tie them to steps."""
