import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoAuthors } from '../operator-store.ts'
import { makeDemoObservations } from '../preschool/demo-store.ts'
import { shippedForms } from '../shipped/forms.ts'
import { shipItems } from '../shipped-store.ts'
import { RoundRefused } from './refused.ts'
import { makeRoster, type RosterReport } from './roster-store.ts'
import { fixForm, formId, openRound, planRound, writeForm } from './rounds-store.ts'

/** A round that was made on made-up data. */
export interface DemoRound extends RosterReport {
  code: string
  /** false: it was there already, and stays as it is */
  isNew: boolean
}

interface DemoOptions {
  /** told of each round as it is made */
  onRound?: (round: DemoRound) => void
  /** only plan them: no roster is made */
  onlyPlanned?: boolean
}

/**
 * Rounds over a made-up country: one for each domain in grades 3 and 6, this school year, with the tests that come with the product,
 * their rosters made and open for two weeks; and preschool to be observed. Items that nobody tried on children are put to use here, which is why it is refused where any
 * data are real.
 *
 * @throws  RoundRefused: not_made_up; no_pupils
 */
export async function makeDemoRounds(
  db: Database,
  keys: Keys,
  { onRound = () => {}, onlyPlanned = false }: DemoOptions = {},
): Promise<DemoRound[]> {
  const year = await asJob(db, demoYear)
  const made: DemoRound[] = []
  for (const { domain, grade, items } of shippedForms) {
    const code = `${year}-${grade}-${domain}`
    const isNew = await asJob(db, async (tx) => {
      const { rows } = await tx.query('select from assessments.round where code = $1', [code])
      if (rows.length > 0) return false
      await shipItems(tx)
      await makeDemoAuthors(tx)
      const form = `${code}-A`
      const itemCodes = items.map(({ item }) => item.code)
      await putToUse(tx, itemCodes)
      await writeForm(tx, {
        code: form,
        domain,
        grade,
        items: itemCodes.map((each, at) => ({ code: each, anchor: at % 5 === 0 })),
      })
      await fixForm(tx, await formId(tx, form))
      await planRound(tx, {
        code,
        kind: 'census',
        domain,
        grade,
        schoolYear: year,
        name: {
          lv: `${words[domain].lv}, ${grade}. klase, ${year}`,
          en: `${words[domain].en}, grade ${grade}, ${year}`,
        },
        opensAt: new Date(Date.now() - SINCE * 86_400_000).toISOString(),
        closesAt: new Date(Date.now() + 14 * 86_400_000).toISOString(),
        minutes: 60,
        forms: [{ code: form }],
        settings: { seed: 2027 },
      })
      return true
    })
    const roster = isNew && !onlyPlanned ? await makeRoster(db, keys, code) : nothing
    if (isNew && !onlyPlanned) await asJob(db, (tx) => openRound(tx, code))
    const round = { ...roster, code, isNew }
    onRound(round)
    made.push(round)
  }
  if (!onlyPlanned) await makeDemoObservations(db, keys, year)
  return made
}

/** Days for which the rounds have been open, so that there is time in which pupils can have sat them. */
const SINCE = 10

const nothing: RosterReport = {
  schools: 0,
  sessions: 0,
  participants: 0,
  added: 0,
  withdrawn: 0,
  moved: 0,
  twice: 0,
}
const words = {
  reading: { lv: 'Tekstpratība', en: 'Reading literacy' },
  numeracy: { lv: 'Rēķinpratība', en: 'Numeracy' },
  science: { lv: 'Dabaszinātņu pratība', en: 'Science literacy' },
}

/** The latest school year with enrolments today. */
async function demoYear(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ year: number | null; isMadeUp: boolean }>(
    `select (select max(school_year) from registry.enrolment where superseded_by is null and valid @> access.today()) as year,
            not exists (select from intake.import where data_kind = 'real') as "isMadeUp"`,
  )
  if (!rows[0]!.isMadeUp) throw new RoundRefused('not_made_up')
  if (rows[0]!.year === null) throw new RoundRefused('no_pupils')
  return rows[0]!.year
}

/** As if they had been reviewed and tried. */
async function putToUse(tx: Tx, items: readonly string[]): Promise<void> {
  await tx.query(
    `with moved as (
       update assessments.item set state = 'pilot' where code = any ($1) and state in ('draft', 'review') returning item_id
     )
     insert into assessments.item_event (item_version_id, kind, state, text)
     select (select v.item_version_id from assessments.item_version v where v.item_id = m.item_id order by v.number desc limit 1),
            'moved', 'pilot', 'Made-up country: put to use without review.'
       from moved m`,
    [items],
  )
}
