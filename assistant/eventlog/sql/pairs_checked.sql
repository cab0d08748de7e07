-- Of each event that follows another: is the stamp the same while the two also follow each other the other way round, so
-- that their order is not known; and is it known who gave and who took, where a step of that name has somebody at all?
WITH handed AS (
    SELECT activity, count(coalesce(role, resource)) AS hands FROM ordered GROUP BY activity
), somebody AS (
    SELECT sum(hands) AS hands FROM handed
), turned AS (
    SELECT before, activity FROM ordered WHERE before IS NOT NULL AND done > done_before GROUP BY before, activity
)
SELECT count(*) AS n,
       count(CASE WHEN o.done = o.done_before AND (o.activity = o.before OR turned.activity IS NOT NULL) THEN 1 END) AS same,
       count(CASE WHEN (coalesce(o.role, o.resource) IS NULL AND (takes.hands > 0 OR somebody.hands = 0))
                    OR (coalesce(o.role_before, o.resource_before) IS NULL AND (gives.hands > 0 OR somebody.hands = 0))
                  THEN 1 END) AS unknown
FROM ordered o
JOIN handed takes ON takes.activity = o.activity
JOIN handed gives ON gives.activity = o.before
CROSS JOIN somebody
LEFT JOIN turned ON turned.before = o.activity AND turned.activity = o.before
WHERE o.before IS NOT NULL
