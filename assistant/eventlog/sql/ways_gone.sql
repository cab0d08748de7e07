-- The ways of the closed cases, numbered, with the number of cases and one case that goes it.
SELECT way, count(*) AS cases, min(case_no) AS example, row_number() OVER (ORDER BY count(*) DESC, way) AS way_no
FROM spans
WHERE case_no NOT IN (SELECT case_no FROM still_open)
GROUP BY way
