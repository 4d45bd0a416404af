import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { scoreRound } from '../marking/score-round.ts'
import { releaseRound } from '../results/release-store.ts'
import { makeDemoRounds } from '../rounds/demo-store.ts'
import { makeRoster } from '../rounds/roster-store.ts'
import { closeRound, openRound } from '../rounds/rounds-store.ts'
import { scaleRound } from '../scaling/scale-round.ts'
import { answerAll, deservedPoints, type PlantedPupils, planToday, sayWhoSits } from './answers-store.ts'
import { markAll } from './marks-store.ts'
import { countAnew, type DemoStage, demoRounds, type RoundAt, roundAt } from './rounds-store.ts'
import { setStandard } from './standard-store.ts'

const stages: readonly DemoStage[] = [
  'planned',
  'rostered',
  'open',
  'closed',
  'scaled',
  'preliminary',
  'official',
]

/**
 * Where each round is brought by itself, so that everybody finds something to do: one is open today, one waits for markers, one for
 * the psychometrician, the others are told to families.
 */
const usual: Record<string, DemoStage> = {
  '3-reading': 'closed',
  '3-science': 'open',
  '6-science': 'scaled',
}
/** Share of long answers that are marked in a round that stays with the markers. */
const MARKED = 0.4

export interface WalkOptions {
  /** made-up pupils and what is true of them, by domain */
  pupils: (domain: 'reading' | 'numeracy' | 'science') => PlantedPupils
  seed: number
  /** how far all of them go; left out: each to where it is most useful */
  until?: DemoStage
  onStep?: (code: string, what: string) => void
}

/**
 * Plans the rounds of a made-up country and lets its pupils, markers, panel and coordinators do their work, each round as far as it is
 * to go. What was done stays; a round that is further already is left alone.
 *
 * @throws  RoundRefused: not_made_up, no_pupils, too_few_markers, too_few_panellists
 */
export async function walkDemoRounds(
  db: Database,
  keys: Keys,
  { pupils, seed, until, onStep = () => {} }: WalkOptions,
): Promise<RoundAt[]> {
  await makeDemoRounds(db, keys, {
    onlyPlanned: until === 'planned',
    onRound: ({ code, isNew, participants }) => {
      if (isNew) onStep(code, `planned, ${participants} pupils`)
    },
  })
  const rounds = await asJob(db, demoRounds)
  for (const { code, domain, grade, year } of rounds) {
    const goal = until ?? usual[`${grade}-${domain}`] ?? 'official'
    const planted = pupils(domain)
    const isBefore = async (stage: DemoStage) => {
      const { state } = (await asJob(db, (tx) => roundAt(tx, code)))!
      return stages.indexOf(state) < stages.indexOf(stage) && stages.indexOf(stage) <= stages.indexOf(goal)
    }
    const step = async (stage: DemoStage, work: () => Promise<string>) => {
      if (await isBefore(stage)) onStep(code, await work())
    }
    const asked = { seed: seed + grade * 10 + domains.indexOf(domain) }
    await step('rostered', async () => `${(await makeRoster(db, keys, code)).participants} pupils`)
    await step('open', async () => {
      await asJob(db, (tx) => openRound(tx, code))
      return 'open'
    })
    if (goal === 'open')
      await asJob(db, async (tx) => {
        const { id, state } = (await roundAt(tx, code))!
        if (state === 'open') await planToday(tx, id)
      })
    await step('closed', () =>
      asJob(db, async (tx) => {
        const { id } = (await roundAt(tx, code))!
        await sayWhoSits(tx, id, planted, { ...asked, readsAloud: domain !== 'reading' })
        const given = await answerAll(tx, id, planted, asked.seed)
        await closeRound(tx, code, reasons.closed)
        return `${given.pupils} pupils answered ${given.answers} places`
      }),
    )
    if (goal !== 'open' && goal !== 'planned' && goal !== 'rostered')
      await mark(db, code, planted, { ...asked, share: goal === 'closed' && !until ? MARKED : 1 }, onStep)
    await step('scaled', async () => {
      await scaleRound(db, code, { seed: asked.seed })
      if (goal === 'scaled' && !until) return 'scaled'
      await setStandard(db, code, { year, name: names.panel, basis: reasons.standard })
      await scaleRound(db, code, { seed: asked.seed })
      return 'scaled, with levels'
    })
    for (const stage of ['preliminary', 'official'] as const)
      await step(stage, async () => {
        await asJob(db, (tx) => releaseRound(tx, code, stage))
        return stage
      })
  }
  return asJob(db, demoRounds)
}

/** Scores a closed round and lets its long answers be marked; nothing where it is past that. */
async function mark(
  db: Database,
  code: string,
  planted: PlantedPupils,
  { seed, share }: { seed: number; share: number },
  onStep: (code: string, what: string) => void,
): Promise<void> {
  const { id, state, isMarked } = (await asJob(db, (tx) => roundAt(tx, code)))!
  if (state !== 'closed' || (isMarked && share < 1)) return
  const scored = (await scoreRound(db, code))!.scored
  await countAnew(db)
  const marks = await asJob(db, async (tx) =>
    markAll(tx, id, await deservedPoints(tx, id, planted, seed), { seed, share }),
  )
  onStep(code, `${scored} places by rule, ${marks} marks by people`)
}

const domains = ['reading', 'numeracy', 'science']
const reasons = {
  closed: 'Made-up country: everybody who was to sit it has.',
  standard: 'Made-up country: bookmarks of three demo panellists in two rounds.',
}
const names = { panel: 'Izdomātās valsts līmeņi' }
