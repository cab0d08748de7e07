-- Where in a case an activity usually stands (0 first, 1 last); events of one moment share their places.
WITH shared AS (
    SELECT activity, case_no,
           avg(nth) OVER (PARTITION BY case_no, done) AS place,
           count(*) OVER (PARTITION BY case_no) AS n
    FROM ordered
)
SELECT activity, round(avg(place / n), 9) AS usual FROM shared GROUP BY activity
