-- The wait at a change of hands in each group of closed cases.
SELECT segment, count(gap) AS n,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY gap) AS p90
FROM latencies JOIN grouped ON grouped.case_no = latencies.case_no
GROUP BY segment
