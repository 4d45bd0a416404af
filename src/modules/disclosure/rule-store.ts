import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import { writeOperation } from '#modules/access/index.ts'
import type { Audience, DatedRule, Rule, Trial, TrialSummary } from './model.ts'

const ruleColumns = `audience, topic, minimum, group_disclosure as "groupDisclosure", sensitive,
         protect_below as "protectBelow", protect_above as "protectAbove", decimals,
         case when dominance_people is not null
           then jsonb_build_object('people', dominance_people, 'share', dominance_share) end as dominance,
         jsonb_build_object('lv', reason_lv, 'en', reason_en) as reason`
const datedRule = `select ${ruleColumns},
         to_char(lower(valid), 'YYYY-MM-DD') as "from", to_char(upper(valid) - 1, 'YYYY-MM-DD') as until
    from disclosure.rule`

/** The rules for an audience on a day (`YYYY-MM-DD`), one a topic, without their dates: as a release keeps them. */
export async function rulesOn(tx: Tx, audience: Audience, day: string): Promise<Rule[]> {
  const { rows } = await tx.query<Rule>(
    `select ${ruleColumns} from disclosure.rule where audience = $1 and valid @> $2::date order by topic`,
    [audience, day],
  )
  return rows
}

/** The rules in force on a day (`YYYY-MM-DD`), one an audience and topic, with the days on which they hold. */
export async function datedRulesOn(tx: Tx, day: string): Promise<DatedRule[]> {
  const { rows } = await tx.query<DatedRule>(
    `${datedRule} where valid @> $1::date order by audience, topic`,
    [day],
  )
  return rows
}

/** Every rule there ever was or is set for later, by audience and topic, the latest first. */
export async function ruleHistory(tx: Tx): Promise<DatedRule[]> {
  const { rows } = await tx.query<DatedRule>(`${datedRule} order by audience, topic, lower(valid) desc`)
  return rows
}

/** The words that a rule in force gives for itself; null where there is none for this audience and topic. */
export async function reasonOn(
  tx: Tx,
  audience: Audience,
  topic: string,
  day: string,
): Promise<Rule['reason'] | null> {
  const { rows } = await tx.query<{ reason: Rule['reason'] }>(
    `select jsonb_build_object('lv', reason_lv, 'en', reason_en) as reason
       from disclosure.rule where audience = $1 and topic = $2 and valid @> $3::date`,
    [audience, topic, day],
  )
  return rows[0]?.reason ?? null
}

/** Asks for a trial as the steward of this transaction; null for anybody else. */
export async function askTrial(tx: Tx, rule: Rule): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>('select disclosure.ask_trial($1) as id', [
    JSON.stringify(rule),
  ])
  return rows[0]?.id ?? null
}

const trialSummary = `t.trial_uuid as id, p.display_name as "askedBy", ${utc('t.asked_at')} as "askedAt",
         t.rule, t.state, ${utc('t.finished_at')} as "finishedAt"`
const trials = 'disclosure.trial t left join access.person p on p.person_id = t.asked_by'

/** Trials of changed rules, newest first. */
export async function listTrials(tx: Tx, limit: number): Promise<TrialSummary[]> {
  const { rows } = await tx.query<TrialSummary>(
    `select ${trialSummary} from ${trials} order by t.asked_at desc, t.trial_id desc limit $1`,
    [limit],
  )
  return rows
}

/** One trial with what it found; null where there is none the caller may see. */
export async function trialByUuid(tx: Tx, uuid: string): Promise<Trial | null> {
  const { rows } = await tx.query<Trial>(
    `select ${trialSummary}, t.report from ${trials} where t.trial_uuid = $1`,
    [uuid],
  )
  return rows[0] ?? null
}

/**
 * Puts a decided rule into force from a day on: the row before it ends the day before, and stays. What has begun is never
 * changed.
 *
 * @param from   first day, `YYYY-MM-DD`
 * @param today  not later than `from`
 * @returns      `not_before_today`, or `begins_later`: a rule of this topic begins on that day or later already
 */
export async function putRule(
  tx: Tx,
  rule: Rule,
  from: string,
  today: string,
): Promise<'in_force' | 'not_before_today' | 'begins_later'> {
  if (from < today) return 'not_before_today'
  await tx.query('lock table disclosure.rule in share row exclusive mode')
  const { rows } = await tx.query(
    'select from disclosure.rule where audience = $1 and topic = $2 and lower(valid) >= $3::date',
    [rule.audience, rule.topic, from],
  )
  if (rows.length > 0) return 'begins_later'
  await tx.query(
    `update disclosure.rule set valid = daterange(lower(valid), $3::date)
      where audience = $1 and topic = $2 and valid @> $3::date`,
    [rule.audience, rule.topic, from],
  )
  await tx.query(
    `insert into disclosure.rule (audience, topic, valid, minimum, group_disclosure, sensitive, protect_below, protect_above,
       dominance_people, dominance_share, decimals, reason_lv, reason_en)
     values ($1, $2, daterange($3, null), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      rule.audience,
      rule.topic,
      from,
      rule.minimum,
      rule.groupDisclosure,
      rule.sensitive,
      rule.protectBelow,
      rule.protectAbove,
      rule.dominance?.people ?? null,
      rule.dominance?.share ?? null,
      rule.decimals,
      rule.reason.lv,
      rule.reason.en,
    ],
  )
  await writeOperation(tx, 'put_rule', `rule ${rule.audience}/${rule.topic} from ${from}`)
  await tx.query(`select pg_notify('ikms_data', '')`) // pages and answers name the rules in force
  return 'in_force'
}
