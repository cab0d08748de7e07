-- How often each spelling of each activity is written.
SELECT spelled.activity, names.name, n
FROM (SELECT activity, spelling, count(*) AS n FROM events WHERE activity IS NOT NULL GROUP BY activity, spelling) spelled
JOIN (SELECT spelling, min(name) AS name FROM spellings GROUP BY spelling) names ON names.spelling = spelled.spelling
