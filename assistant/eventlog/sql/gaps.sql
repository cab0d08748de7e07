-- Each event with the wait before it: from the end of the event before to its start, nothing where they overlap.
SELECT case_no, nth, activity, before, began, done, clock, role, role_before, resource, resource_before,
       CASE WHEN coalesce(began, done) < done_before THEN 0
            ELSE open_time(coalesce(began, done), clock) - open_time(done_before, clock) END AS gap
FROM kept
