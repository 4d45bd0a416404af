import type { Tx } from '#db/actor.ts'
import type { Audience, Rule } from './model.ts'

/** The rules for an audience on a day (`YYYY-MM-DD`), one a topic. */
export async function rulesOn(tx: Tx, audience: Audience, day: string): Promise<Rule[]> {
  const { rows } = await tx.query<Rule>(
    `select audience, topic, minimum, group_disclosure as "groupDisclosure", sensitive,
            protect_below as "protectBelow", protect_above as "protectAbove", decimals,
            case when dominance_people is not null
              then jsonb_build_object('people', dominance_people, 'share', dominance_share) end as dominance,
            jsonb_build_object('lv', reason_lv, 'en', reason_en) as reason
       from disclosure.rule where audience = $1 and valid @> $2::date order by topic`,
    [audience, day],
  )
  return rows
}
