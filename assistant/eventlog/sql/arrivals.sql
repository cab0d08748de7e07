-- When cases begin, by day of the week (0 Monday) and hour.
WITH arrival AS (SELECT case_id, min(coalesce(began, done)) AS since FROM events GROUP BY case_id)
SELECT CAST(floor(since / 86400) AS BIGINT) % 7 AS day, CAST(floor(since / 3600) AS BIGINT) % 24 AS hour, count(*) AS cases
FROM arrival
GROUP BY ALL
ORDER BY day, hour
