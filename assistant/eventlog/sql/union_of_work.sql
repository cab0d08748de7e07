-- The working time of cases in which events overlap: the part of each event that is before all later-ending ones began.
SELECT case_no, sum(greatest(0, open_time(least(done, coalesce(begun_later, done)), clock) - open_time(began, clock))) AS work
FROM (
    SELECT case_no, began, done, clock,
           min(began) OVER (PARTITION BY case_no ORDER BY nth DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
               AS begun_later
    FROM kept
    WHERE case_no IN (SELECT case_no FROM spans WHERE overlapping > 0 AND work IS NOT NULL)
) following
GROUP BY case_no
