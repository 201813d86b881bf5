-- question: What did departments grade by hand (考评记录), of towns and chiefs, for the items that no ledger can count?
-- grain: one row per policy version and record
-- needs: ratings, policy_versions
-- columns: version (date) policy version; town, chief (code) it is about the chief where it names one, else about the
--   town; metric (text) 考评: and the item's name; day, known_from (date) of the record; known_until (date) null, for
--   ever; numerator (number) its 数值; denominator (number) 1, so that the sum and the mean can be had; code (text) of
--   the record
select
    versions.version,
    ratings.town,
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
