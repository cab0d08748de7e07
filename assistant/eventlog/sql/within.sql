-- In how many cases each activity is done.
SELECT activity, CAST(sum(cases) AS BIGINT) AS cases
FROM (SELECT activity, way_no, min(cases) AS cases FROM way_steps GROUP BY activity, way_no) held
GROUP BY activity
