-- Why work waits, on the last events of people who are recorded: each wait from the end of the step before to the start.
-- Batching: until the last of what is begun in one go is there. Then, while the same person works on something else:
-- contention where that was there first, priority where it came later.
WITH waits AS (
    SELECT row_number() OVER (ORDER BY began, case_no, nth) AS wait_no, case_no, nth, activity, resource, clock,
           done_before AS ready, began, done
    FROM recent
), batches AS (
    SELECT activity, resource, began, max(ready) AS complete, count(*) AS size
    FROM waits
    GROUP BY activity, resource, began
), looked_at AS (
    SELECT wait_no, waits.activity, waits.resource, waits.clock, waits.began, waits.ready,
           CASE WHEN size >= 3 AND complete > ready THEN complete ELSE ready END AS since
    FROM waits
    JOIN batches ON batches.activity = waits.activity AND batches.resource = waits.resource
                AND batches.began = waits.began
    WHERE waits.began > ready AND wait_no % (SELECT 1 + CAST(floor(count(*) / 4000) AS BIGINT) FROM waits) = 0
), busy AS (
    SELECT l.wait_no,
           sum(CASE WHEN w.ready <= l.ready THEN least(w.done, l.began) - greatest(w.began, l.since) ELSE 0 END) AS contention,
           sum(CASE WHEN w.ready > l.ready THEN least(w.done, l.began) - greatest(w.began, l.since) ELSE 0 END) AS priority
    FROM looked_at l
    JOIN waits w ON w.resource = l.resource AND w.began < l.began AND w.done > l.since
    GROUP BY l.wait_no
)
SELECT l.wait_no, l.activity, l.resource, l.clock, l.began, l.since, l.began - l.ready AS wait, l.since - l.ready AS batching,
       least(coalesce(contention, 0), l.began - l.since) AS contention,
       greatest(0, least(coalesce(priority, 0), l.began - l.since - coalesce(contention, 0))) AS priority
FROM looked_at l LEFT JOIN busy ON busy.wait_no = l.wait_no
