-- How often each resource is named.
SELECT hands.name, sum(n) AS n
FROM (SELECT resource, count(*) AS n FROM events WHERE resource IS NOT NULL GROUP BY resource) named
JOIN (SELECT code, min(name) AS name FROM hands GROUP BY code) hands ON hands.code = named.resource
GROUP BY hands.name
