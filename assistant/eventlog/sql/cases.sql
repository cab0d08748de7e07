-- Each case: its span, its working time where no two of its events overlap, hands, and a signature of its way (the
-- steps with their places: the same for the same way, and for no other but by a chance of 1 in 2^64).
SELECT case_no,
       count(*) AS events,
       min(coalesce(began, done)) AS since,
       max(done) AS until,
       max(open_time(done, clock)) - min(open_time(coalesce(began, done), clock)) AS cycle,
       CASE WHEN count(CASE WHEN began <= done THEN 1 END) = count(*) THEN sum(open_time(done, clock) - open_time(began, clock)) END AS work,
       count(CASE WHEN began < done_before THEN 1 END) AS overlapping,
       CASE WHEN count(coalesce(role, resource)) > 0 THEN
           count(CASE WHEN CASE WHEN role IS NOT NULL AND role_before IS NOT NULL THEN role <> role_before
                                ELSE resource <> resource_before END THEN 1 END) END AS handoffs,
       count(CASE WHEN coalesce(role, resource) = hand_before_that
                   AND hand_before_that <> coalesce(role_before, resource_before) THEN 1 END) AS ping_pong,
       max(CAST(nth AS BIGINT) * 1000000 + activity) % 1000000 AS last,
       max(CAST(nth AS BIGINT) * 10000 + clock + 1000) % 10000 - 1000 AS clock,
       bit_xor(xxhash64(CAST(activity AS BIGINT) * 10000000 + nth)) AS signature
FROM kept
GROUP BY case_no
