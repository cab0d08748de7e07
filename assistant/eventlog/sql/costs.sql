-- What each event of the closed cases cost, where that is recorded; events recorded twice count once.
SELECT kept.case_no, kept.nth, kept.activity, priced.cost
FROM kept
JOIN (
    SELECT case_no, activity, coalesce(complete, start) AS done, CASE WHEN complete IS NOT NULL THEN start END AS began,
           resource, max(cost) AS cost
    FROM amounts
    WHERE cost IS NOT NULL
    GROUP BY case_no, activity, coalesce(complete, start), CASE WHEN complete IS NOT NULL THEN start END, resource
) priced ON priced.case_no = kept.case_no AND priced.activity = kept.activity AND priced.done = kept.done
        AND priced.began IS NOT DISTINCT FROM kept.began AND priced.resource IS NOT DISTINCT FROM kept.resource
