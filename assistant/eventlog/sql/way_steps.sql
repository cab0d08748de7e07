-- The steps of each way in order, with what came before and how often the way is gone.
SELECT ways.way_no, ways.cases, kept.nth, kept.activity, kept.before,
       lag(kept.activity, 2) OVER (PARTITION BY ways.way_no ORDER BY kept.nth) AS before_that
FROM ways JOIN kept ON kept.case_no = ways.example
