-- The closed cases, with the number of their way and whether a step comes again that is not repeated by plan.
SELECT spans.case_no, events, since, until, clock, cycle, coalesce(union_of_work.work, spans.work) AS work,
       CASE WHEN spans.work IS NOT NULL THEN greatest(0, cycle - coalesce(union_of_work.work, spans.work)) END AS wait, ways.again AS rework, handoffs,
       ping_pong, ways.way_no
FROM spans
JOIN ways ON ways.signature = spans.signature
LEFT JOIN union_of_work ON union_of_work.case_no = spans.case_no
WHERE spans.case_no NOT IN (SELECT case_no FROM still_open)
