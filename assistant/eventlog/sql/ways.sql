-- The ways cases go, the most frequent first, with their time and whether a step comes again.
SELECT ways.way_no, ways.cases, ways.again,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY cycle) AS cycle_p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY cycle) AS cycle_p90,
       sum(cycle) AS cycle_total
FROM cases JOIN ways ON ways.way_no = cases.way_no
GROUP BY ways.way_no, ways.cases, ways.again, ways.way
ORDER BY ways.cases DESC, ways.way
