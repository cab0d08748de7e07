-- The wait of each change of hands: from the end of the event before to the start.
SELECT case_no, nth, gap
FROM gaps
WHERE began IS NOT NULL
  AND CASE WHEN role IS NOT NULL AND role_before IS NOT NULL THEN role <> role_before
           ELSE resource <> resource_before END
