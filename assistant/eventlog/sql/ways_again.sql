-- Each way as its steps in order, and whether a step comes again that is not repeated by plan.
SELECT way_no,
       listagg(CAST(way_steps.activity AS VARCHAR), ' ') WITHIN GROUP (ORDER BY nth) AS way,
       count(CASE WHEN planned.code IS NULL THEN 1 END)
           > count(DISTINCT CASE WHEN planned.code IS NULL THEN way_steps.activity END) AS again
FROM way_steps LEFT JOIN planned ON planned.code = way_steps.activity
GROUP BY way_no
