-- Of each event that follows another: is its stamp the same, and is it known who gave and who took?
SELECT count(*) AS n,
       count(CASE WHEN done = done_before THEN 1 END) AS same,
       count(CASE WHEN coalesce(role, resource) IS NULL OR coalesce(role_before, resource_before) IS NULL THEN 1 END)
           AS unknown
FROM ordered
WHERE before IS NOT NULL
