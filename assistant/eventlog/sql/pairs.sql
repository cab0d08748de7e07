-- The gaps between one step and the next: how often, how long, how much of all time between steps.
SELECT before, activity AS after,
       count(*) AS n,
       quantile_cont(greatest(gap, 0), 0.5) AS gap_p50,
       quantile_cont(greatest(gap, 0), 0.9) AS gap_p90,
       sum(greatest(gap, 0)) AS gap_total,
       avg(CASE WHEN role IS DISTINCT FROM role_before THEN 1.0 ELSE 0.0 END) AS handed
FROM ordered
WHERE before IS NOT NULL
GROUP BY before, activity
ORDER BY gap_total DESC, n DESC, before, after
