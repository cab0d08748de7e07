-- The ways of the closed cases, numbered, with the number of cases and one case that goes it.
SELECT signature, count(*) AS cases, min(case_no) AS example,
       row_number() OVER (ORDER BY count(*) DESC, min(case_no)) AS way_no
FROM spans
WHERE case_no NOT IN (SELECT case_no FROM still_open)
GROUP BY signature
