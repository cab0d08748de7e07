-- For how many seconds the log tells of what follows each activity.
SELECT activity, (SELECT max(done) FROM ordered) - min(done) AS seconds
FROM ordered
GROUP BY activity
