-- Two steps that follow each other to and fro: A, B and A again.
SELECT a.name AS one, b.name AS other, sum(times * cases) AS n, sum(cases) AS cases
FROM (
    SELECT way_no, before_that AS first, before AS second, count(*) AS times, min(cases) AS cases
    FROM way_steps
    WHERE activity = before_that AND before <> activity
    GROUP BY way_no, before_that, before
) turns
JOIN activities a ON a.code = turns.first
JOIN activities b ON b.code = turns.second
GROUP BY a.name, b.name
ORDER BY cases DESC, n DESC, a.name, b.name
