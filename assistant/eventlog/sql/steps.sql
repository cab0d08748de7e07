-- Where the time goes, by step: how often, in how many cases, work and the wait before it, how often done again.
SELECT activity,
       count(*) AS n,
       count(DISTINCT case_id) AS cases,
       quantile_cont(work, 0.5) AS work_p50,
       quantile_cont(work, 0.9) AS work_p90,
       sum(work) AS work_total,
       quantile_cont(CASE WHEN gap < 0 THEN 0 ELSE gap END, 0.5) AS wait_p50,
       quantile_cont(CASE WHEN gap < 0 THEN 0 ELSE gap END, 0.9) AS wait_p90,
       sum(CASE WHEN gap < 0 THEN 0 ELSE gap END) AS wait_total,
       count(DISTINCT CASE WHEN again > 1 THEN case_id END) AS cases_again,
       sum(CASE WHEN before = activity THEN 1 ELSE 0 END) AS in_a_row,
       min(nth) AS first_place,
       avg(nth) AS usual_place
FROM ordered
GROUP BY activity
ORDER BY usual_place, activity
