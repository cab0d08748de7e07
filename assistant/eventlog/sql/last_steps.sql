-- The last activity of each case, and how long nothing followed until the log ends.
SELECT case_no, last AS activity, (SELECT max(until) FROM spans) - until AS silent
FROM spans
ORDER BY last, silent, case_no
