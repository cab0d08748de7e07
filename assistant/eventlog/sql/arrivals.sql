-- When cases begin, those still open too, by day of the week (0 Monday) and hour, by the clock of the log.
SELECT CAST(floor(since / 86400) AS BIGINT) % 7 AS day, CAST(floor(since / 3600) AS BIGINT) % 24 AS hour, count(*) AS cases
FROM arrived
GROUP BY CAST(floor(since / 86400) AS BIGINT) % 7, CAST(floor(since / 3600) AS BIGINT) % 24
ORDER BY day, hour
