-- Who works when: events by role and hour of the day, by the clock of the log.
SELECT hands.name AS role, hour, events
FROM (
    SELECT role, CAST(floor((done + 60 * clock) / 3600) AS BIGINT) % 24 AS hour, count(*) AS events
    FROM kept
    WHERE role IS NOT NULL
    GROUP BY role, CAST(floor((done + 60 * clock) / 3600) AS BIGINT) % 24
) work
JOIN (SELECT code, min(name) AS name FROM hands GROUP BY code) hands ON hands.code = work.role
ORDER BY hands.name, hour
