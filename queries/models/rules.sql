-- question: Which rules are in force from each version of the policy on?
-- grain: one row per version, rule and subject (对象)
-- needs: policy, policy_versions
-- columns: version (date) policy version; rule, subject, method (text) as in the policy workbook; value (as unit says)
--   the rule's number; unit, argument (text); effective_from (date) the day this very rule came into force;
--   origin (text) source
-- The newest date wins rule by rule and subject by subject; 考核项, 档 and 补贴 (and those of 河长) are replaced as whole
-- sets, 起评分 together with the 考核项 that it starts.
with candidates as (
    select
        versions.version,
        policy.*,
        rank() over (
            partition by
                versions.version,
                case policy.rule
                    when '起评分' then '考核项'
                    when '河长起评分' then '河长考核项'
                    else policy.rule
                end,
                case
                    when policy.rule not in (
                        '考核项', '起评分', '河长考核项', '河长起评分', '档', '河长档', '补贴'
                    ) then policy.subject
                end
            order by policy.effective_from desc
        ) as age
    from policy_versions as versions
    inner join policy on versions.version >= policy.effective_from
)

select
    version,
    rule,
    subject,
    method,
    value,
    unit,
    argument,
    effective_from,
    origin
from candidates
where age = 1
