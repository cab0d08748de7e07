-- Where the time goes, by step: how often, in how many cases, work and the wait before it, how often done again.
WITH timed AS (
    SELECT activity,
           count(*) AS n,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY done - began) AS work_p50,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY done - began) AS work_p90,
           sum(done - began) AS work_total,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS wait_p50,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY gap) AS wait_p90,
           sum(gap) AS wait_total
    FROM gaps
    GROUP BY activity
), by_way AS (
    SELECT activity, way_no, min(cases) AS cases, count(*) AS times, min(nth) AS first_place, sum(nth) AS places,
           count(CASE WHEN before = activity THEN 1 END) AS in_a_row
    FROM way_steps
    GROUP BY activity, way_no
), counted AS (
    SELECT activity,
           sum(cases) AS cases,
           sum(CASE WHEN times > 1 THEN cases ELSE 0 END) AS cases_again,
           sum(in_a_row * cases) AS in_a_row,
           min(first_place) AS first_place,
           sum(places * cases) / sum(times * cases) AS usual_place
    FROM by_way
    GROUP BY activity
)
SELECT activities.name AS activity, timed.n, counted.cases, work_p50, work_p90, work_total, wait_p50, wait_p90,
       wait_total, cases_again, in_a_row, first_place, usual_place
FROM timed
JOIN counted ON counted.activity = timed.activity
JOIN activities ON activities.code = timed.activity
ORDER BY usual_place, activity
