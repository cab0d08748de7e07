-- Two steps that follow each other to and fro: A, B and A again.
SELECT activity AS one, after AS other, count(*) AS n, count(DISTINCT case_id) AS cases
FROM ordered
WHERE after_next = activity AND after <> activity
GROUP BY activity, after
ORDER BY cases DESC, n DESC, one, other
