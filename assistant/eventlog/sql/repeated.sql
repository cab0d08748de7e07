-- How many events are recorded twice, and in how many places two activities of one moment stand side by side.
SELECT count(CASE WHEN activity = before AND done = done_before AND began IS NOT DISTINCT FROM began_before
                   AND resource IS NOT DISTINCT FROM resource_before THEN 1 END) AS twice,
       count(CASE WHEN activity <> before AND done = done_before
                   AND coalesce(began, done) = coalesce(began_before, done_before) THEN 1 END) AS tied
FROM ordered
