-- The gaps between one step and the next: how often, how long, how much of all time between steps, and the share that
-- is handed over, of those where it is recorded who gave and who took.
SELECT a.name AS before, b.name AS after, n, gap_p50, gap_p90, gap_total, handed
FROM (
    SELECT before, activity,
           count(*) AS n,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS gap_p50,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY gap) AS gap_p90,
           sum(gap) AS gap_total,
           avg(CASE WHEN role IS NOT NULL AND role_before IS NOT NULL THEN CASE WHEN role <> role_before THEN 1.0e0 ELSE 0.0e0 END
                    WHEN resource <> resource_before THEN 1.0e0
                    WHEN resource = resource_before THEN 0.0e0 END) AS handed
    FROM gaps
    WHERE before IS NOT NULL
    GROUP BY before, activity
) pairs
JOIN activities a ON a.code = pairs.before
JOIN activities b ON b.code = pairs.activity
ORDER BY gap_total DESC, n DESC, a.name, b.name
