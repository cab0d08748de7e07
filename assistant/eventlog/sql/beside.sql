-- In how many cases two activities are worked on at the same time.
SELECT least(one.activity, other.activity) AS first, greatest(one.activity, other.activity) AS second,
       count(DISTINCT one.case_no) AS cases
FROM (SELECT * FROM kept WHERE began < done AND case_no IN (SELECT case_no FROM spans WHERE overlapping > 0)) one
JOIN (SELECT * FROM kept WHERE began < done) other ON other.case_no = one.case_no
WHERE other.nth > one.nth AND other.nth <= one.nth + 20 AND other.began < one.done AND other.activity <> one.activity
GROUP BY least(one.activity, other.activity), greatest(one.activity, other.activity)
ORDER BY 1, 2
