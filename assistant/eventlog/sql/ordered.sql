-- Each event with its place in the case and what came before. Events of one moment stand as they usually stand elsewhere.
SELECT case_no, activity, resource, role, complete AS done, start AS began, clock,
       row_number() OVER in_case - 1 AS nth,
       lag(activity) OVER in_case AS before,
       lag(complete) OVER in_case AS done_before,
       lag(start) OVER in_case AS began_before,
       lag(resource) OVER in_case AS resource_before,
       lag(role) OVER in_case AS role_before,
       lag(coalesce(role, resource), 2) OVER in_case AS hand_before_that
FROM timed
WINDOW in_case AS (
    PARTITION BY case_no
    ORDER BY complete, coalesce(start, complete), usual, activity, resource NULLS FIRST, start NULLS FIRST,
             role NULLS FIRST)
