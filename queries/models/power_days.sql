-- question: Which powers (职权) did each department use on which day?
-- grain: one row per department, power and day
-- needs: enforcement
-- columns: department (name); power (text, 执法事项); day (date)
select distinct
    department,
    power,
    day
from enforcement
where power is not null
