-- question: What did the departments record of each chief by hand (考评记录) for the items that no ledger can count?
-- grain: one row per policy version and record about a chief
-- needs: ratings, policy_versions
-- columns: version (date) policy version; chief (code); metric (text) 考评: and the item's name; day, known_from (date)
--   of the record; known_until (date) null: for ever; numerator (number) its 数值; denominator (number) 1, so that the
--   sum and the mean can be had; code (text) of the record
select
    versions.version,
    ratings.chief,
    '考评:' || ratings.item as metric,
    ratings.day,
    ratings.day as known_from,
    cast(null as date) as known_until,
    ratings.value as numerator,
    cast(1 as double) as denominator,
    ratings.code
from ratings
cross join policy_versions as versions
where ratings.chief is not null
