-- What is missing or odd in the events as they were read; stamps by the clock that wrote them.
SELECT count(*) AS n,
       count(complete) AS stamped,
       count(start) AS started,
       count(CASE WHEN case_no IS NULL OR activity IS NULL THEN 1 END) AS no_key,
       count(CASE WHEN start > complete THEN 1 END) AS backwards,
       count(CASE WHEN (complete + 60 * coalesce(complete_shift, 0)) % 3600 = 0 THEN 1 END) AS whole,
       count(CASE WHEN (complete + 60 * coalesce(complete_shift, 0)) % 86400 = 0 THEN 1 END) AS midnight,
       count(CASE WHEN complete IS NOT NULL
                   AND (complete_shift IS NOT NULL OR start_shift IS NOT NULL OR loaded_shift IS NOT NULL) THEN 1 END)
           AS zoned,
       count(CASE WHEN complete IS NOT NULL THEN loaded END) AS loaded,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY (loaded - complete) / 3600) AS delay
FROM events
