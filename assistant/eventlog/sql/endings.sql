-- With which activity cases end: of the closed and of those still open.
SELECT activities.name AS activity,
       count(CASE WHEN still_open.case_no IS NULL THEN 1 END) AS closed,
       count(still_open.case_no) AS open
FROM spans
JOIN activities ON activities.code = spans.last
LEFT JOIN still_open ON still_open.case_no = spans.case_no
GROUP BY activities.code, activities.name
ORDER BY closed DESC, open DESC, activities.code
