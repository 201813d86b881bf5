-- question: Which sections (河段) does each chief answer for, and from when until when?
-- grain: one row per chief and section of his
-- needs: chiefs
-- columns: chief, section (code); appointed_on, left_on (date) both inclusive, left_on 9999-12-30 while in office
select distinct
    code as chief,
    unnest(sections) as section,
    appointed_on,
    coalesce(left_on, date '9999-12-30') as left_on
from chiefs
