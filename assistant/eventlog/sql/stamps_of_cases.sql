-- Cases of which a single stamp is known, of all.
SELECT count(*) AS n, count(CASE WHEN stamps < 2 THEN 1 END) AS single
FROM (SELECT case_no, count(complete) + count(start) AS stamps FROM events WHERE case_no IS NOT NULL GROUP BY case_no) cases
