-- The figures of each group of closed cases: times, rework, hands; the largest group first.
SELECT segment,
       count(*) AS n,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY cycle) AS cycle_p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY cycle) AS cycle_p90,
       count(work) AS work_n,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY work) AS work_p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY work) AS work_p90,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) AS wait_p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY wait) AS wait_p90,
       sum(work) AS work_total,
       sum(CASE WHEN work IS NOT NULL THEN cycle END) AS cycle_total,
       count(CASE WHEN rework THEN 1 END) AS rework,
       count(handoffs) AS handoffs_n,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY handoffs) AS handoffs_p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY handoffs) AS handoffs_p90,
       count(CASE WHEN handoffs IS NOT NULL AND ping_pong > 0 THEN 1 END) AS ping_pong
FROM grouped
GROUP BY segment
ORDER BY n DESC, segment
