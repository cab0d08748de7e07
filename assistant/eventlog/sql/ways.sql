-- The ways cases go, the most frequent first, with their time and whether a step comes again.
WITH one AS (
    SELECT case_id,
           string_agg(activity, chr(31) ORDER BY nth) AS way,
           max(done) - min(coalesce(began, done)) AS cycle,
           count(*) > count(DISTINCT activity) AS again
    FROM events
    GROUP BY case_id
)
SELECT way, count(*) AS cases, quantile_cont(cycle, 0.5) AS cycle_p50, quantile_cont(cycle, 0.9) AS cycle_p90,
       bool_or(again) AS again
FROM one
GROUP BY way
ORDER BY cases DESC, way
