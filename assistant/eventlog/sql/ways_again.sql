-- Each way as its steps in order, and whether a step comes again that is not repeated by plan.
SELECT told.way_no, told.way, counted.again
FROM (
    SELECT way_no, listagg(CAST(activity AS STRING), ' ') WITHIN GROUP (ORDER BY nth) AS way
    FROM way_steps
    GROUP BY way_no
) told
JOIN (
    SELECT way_no, max(CASE WHEN code IS NULL THEN times ELSE 1 END) > 1 AS again
    FROM (SELECT way_no, activity, count(*) AS times FROM way_steps GROUP BY way_no, activity) steps
    LEFT JOIN planned ON planned.code = steps.activity
    GROUP BY way_no
) counted ON counted.way_no = told.way_no
