-- Each case: its span, its working time where no two of its events overlap, hands, and its way.
SELECT case_no,
       count(*) AS events,
       min(coalesce(began, done)) AS since,
       max(done) AS until,
       max(done) - min(coalesce(began, done)) AS cycle,
       CASE WHEN count(CASE WHEN began <= done THEN 1 END) = count(*) THEN sum(done - began) END AS work,
       count(CASE WHEN began < done_before THEN 1 END) AS overlapping,
       CASE WHEN count(coalesce(role, resource)) > 0 THEN
           count(CASE WHEN CASE WHEN role IS NOT NULL AND role_before IS NOT NULL THEN role <> role_before
                                ELSE resource <> resource_before END THEN 1 END) END AS handoffs,
       count(CASE WHEN coalesce(role, resource) = hand_before_that
                   AND hand_before_that <> coalesce(role_before, resource_before) THEN 1 END) AS ping_pong,
       max_by(activity, nth) AS last,
       max_by(clock, nth) AS clock,
       listagg(CAST(activity AS VARCHAR), ' ') WITHIN GROUP (ORDER BY nth) AS way
FROM kept
GROUP BY case_no
