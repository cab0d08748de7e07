-- Start and end rows of a case's activity brought together, first in first out: the queue of starts never falls below
-- none, so an end is alone where the count of ends reaches a new height over that of starts. What else the two rows say
-- (a result, an amount, who) is what the end says, which is known last; where it says nothing, what the start says.
WITH counted AS (
    SELECT *, sum(CASE WHEN begins THEN 1 ELSE -1 END) OVER (
               PARTITION BY case_no, spelling ORDER BY complete NULLS LAST, begins DESC, place
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS waiting
    FROM moves
), lowest AS (
    SELECT *, coalesce(min(waiting) OVER (
               PARTITION BY case_no, spelling ORDER BY complete NULLS LAST, begins DESC, place
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM counted
), told AS (
    SELECT *, NOT begins AND waiting < least(before, 0) AS alone FROM lowest
), numbered AS (
    SELECT *, row_number() OVER (
               PARTITION BY case_no, spelling, begins, alone ORDER BY complete NULLS LAST, place) AS nth
    FROM told
)
SELECT a.* EXCLUDE (begins, waiting, before, alone, nth, place, complete, complete_shift, start, start_shift)
           REPLACE ({said}),
       CASE WHEN a.begins THEN b.complete ELSE a.complete END AS complete,
       CASE WHEN a.begins THEN b.complete_shift ELSE a.complete_shift END AS complete_shift,
       CASE WHEN a.begins THEN a.complete ELSE a.start END AS start,
       CASE WHEN a.begins THEN a.complete_shift ELSE a.start_shift END AS start_shift
FROM numbered a
LEFT JOIN numbered b ON a.begins AND NOT b.begins AND NOT b.alone AND a.nth = b.nth
     AND a.case_no IS NOT DISTINCT FROM b.case_no AND a.spelling IS NOT DISTINCT FROM b.spelling
WHERE a.begins OR a.alone
