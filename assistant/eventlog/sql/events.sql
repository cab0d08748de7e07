-- Each event with its place in the case, what came before, and the gap since then. Times in seconds.
CREATE OR REPLACE VIEW ordered AS
SELECT case_id, activity, role, nth, done, began,
       done - began AS work,
       lag(activity) OVER in_case AS before,
       lag(role) OVER in_case AS role_before,
       lead(activity) OVER in_case AS after,
       lead(activity, 2) OVER in_case AS after_next,
       coalesce(began, done) - lag(done) OVER in_case AS gap,
       row_number() OVER (PARTITION BY case_id, activity ORDER BY nth) AS again
FROM events
WINDOW in_case AS (PARTITION BY case_id ORDER BY nth)
