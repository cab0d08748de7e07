-- What is missing or odd in the events as they were read; stamps by the clock that wrote them.
-- What is always done at the same hour (a nightly run) is no habit of writing down: such activities' whole hours do not count.
WITH by_activity AS (
    SELECT count(complete) AS stamped, (SELECT count(*) FROM events) AS n,
           count(CASE WHEN (complete + 60 * coalesce(complete_shift, 0)) % 3600 = 0
                       AND (complete + 60 * coalesce(complete_shift, 0)) % 86400 <> 0 THEN 1 END) AS whole,
           count(DISTINCT floor((complete + 60 * coalesce(complete_shift, 0)) / 3600) % 24) AS hours
    FROM events
    GROUP BY activity
)
SELECT count(*) AS n,
       count(complete) AS stamped,
       count(start) AS started,
       count(CASE WHEN complete IS NULL THEN start END) AS begun_only,
       count(CASE WHEN case_no IS NULL OR activity IS NULL THEN 1 END) AS no_key,
       count(CASE WHEN start > complete THEN 1 END) AS backwards,
       count(CASE WHEN (complete + 60 * coalesce(complete_shift, 0)) % 3600 = 0 THEN 1 END) AS whole,
       (SELECT coalesce(sum(whole), 0) FROM by_activity WHERE whole >= 0.95 * stamped AND hours <= 2 AND stamped < 0.5 * n)
           AS by_clock,
       count(CASE WHEN (complete + 60 * coalesce(complete_shift, 0)) % 86400 = 0 THEN 1 END) AS midnight,
       count(CASE WHEN complete IS NOT NULL
                   AND (complete_shift IS NOT NULL OR start_shift IS NOT NULL OR loaded_shift IS NOT NULL) THEN 1 END)
           AS zoned,
       count(CASE WHEN complete IS NOT NULL THEN loaded END) AS loaded,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY (loaded - complete) / 3600) AS delay
FROM events
