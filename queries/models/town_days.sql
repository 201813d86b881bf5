-- question: What was owed, walked and enforced in each town on each day? All that towns are compared by, but problems.
-- grain: one row per policy version, town (null: chiefs or returns that belong to no town) and day
-- needs: patrol_days, duty_days, enforcement_days, policy_versions
-- columns: version (date) policy version; town (code); day (date); patrols, valid, perfunctory (次); required, walked,
--   done (次) of the duty windows that end that day; inspections (次); cases_opened (件). Null where nothing was recorded
with measures as (
    select
        version,
        town,
        day,
        patrols,
        valid,
        perfunctory,
        null as required,
        null as walked,
        null as done,
        null as inspections,
        null as cases_opened
    from patrol_days
    union all
    select
        version,
        town,
        day,
        null as patrols,
        null as valid,
        null as perfunctory,
        required,
        walked,
        done,
        null as inspections,
        null as cases_opened
    from duty_days
    union all
    select
        versions.version,
        returns.town,
        returns.day,
        null as patrols,
        null as valid,
        null as perfunctory,
        null as required,
        null as walked,
        null as done,
        returns.inspections,
        returns.cases_opened
    from enforcement_days as returns
    cross join policy_versions as versions
)

select
    version,
    town,
    day,
    cast(sum(patrols) as bigint) as patrols,
    cast(sum(valid) as bigint) as valid,
    cast(sum(perfunctory) as bigint) as perfunctory,
    cast(sum(required) as bigint) as required,
    cast(sum(walked) as bigint) as walked,
    cast(sum(done) as bigint) as done,
    cast(sum(inspections) as bigint) as inspections,
    cast(sum(cases_opened) as bigint) as cases_opened
from measures
group by version, town, day
