-- When cases begin, by day of the week (0 Monday) and hour, by the clock of the log.
SELECT CAST(floor(since / 86400) AS BIGINT) % 7 AS day, CAST(floor(since / 3600) AS BIGINT) % 24 AS hour, count(*) AS cases
FROM (SELECT case_no, min(coalesce(began, done) + 60 * clock) AS since FROM kept GROUP BY case_no) arrived
GROUP BY CAST(floor(since / 86400) AS BIGINT) % 7, CAST(floor(since / 3600) AS BIGINT) % 24
ORDER BY day, hour
