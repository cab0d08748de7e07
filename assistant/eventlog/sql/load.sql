-- Who works when: events by role and hour of the day.
SELECT role, CAST(floor(done / 3600) AS BIGINT) % 24 AS hour, count(*) AS events
FROM events
WHERE role <> ''
GROUP BY ALL
ORDER BY role, hour
