-- Which ways do a step again that is not repeated by plan.
SELECT way_no, count(*) > count(DISTINCT activity) AS again
FROM way_steps
WHERE activity NOT IN (SELECT code FROM planned)
GROUP BY way_no
