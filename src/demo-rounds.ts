import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import {
  countryKnown,
  type DemoStage,
  learnersByHash,
  makeDemoFamily,
  type PlantedPupils,
  type RoundAt,
  RoundRefused,
  walkDemoRounds,
} from '#modules/assessments/index.ts'
import { growAll } from '#modules/growth/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { type Pupil, pupilsThisYear } from './synth/monitoring/this-year.ts'
import { planOf, type Size } from './synth/size.ts'

export interface DemoRoundsAsked {
  /** seed of the country, as `ikms synth` had it */
  country?: number
  /** of what pupils answer and markers give */
  seed?: number
  until?: DemoStage | undefined
  onStep?: (code: string, what: string) => void
}

/** Learners from which on a country is of a size. */
const sizes: readonly [Size, number][] = [
  ['country', 100_000],
  ['demo', 12_000],
  ['small', 0],
]
/** Share of the pupils of the generator that the register has to know: codes with planted faults are not there. */
const KNOWN = 0.8

/**
 * The made-up country sits its monitoring tests: pupils answer from the abilities that were planted in them, markers mark, results are
 * scaled, given levels and told; growth is worked out for what was told.
 *
 * @throws  RoundRefused: not_made_up, no_pupils; not_this_country (pupils of another seed, or of no generated country)
 */
export async function sitDemoRounds(
  db: Database,
  keys: Keys,
  { country = 2026, seed = 1, until, onStep }: DemoRoundsAsked = {},
): Promise<RoundAt[]> {
  const pupils = until === 'planned' ? new Map<number, Pupil>() : await plantedPupils(db, keys, country)
  const rounds = await walkDemoRounds(db, keys, {
    pupils: (domain) => inDomain(pupils, domain),
    seed,
    ...(until && { until }),
    ...(onStep && { onStep }),
  })
  await growAll(db)
  await asJob(db, makeDemoFamily)
  return rounds
}

async function plantedPupils(db: Database, keys: Keys, seed: number): Promise<Map<number, Pupil>> {
  const known = await asJob(db, countryKnown)
  if (!known) throw new RoundRefused('no_pupils')
  const [size] = sizes.find(([, from]) => known.learners >= from)!
  const { hashCode } = sealer(keys)
  const byHash = new Map<string, Pupil>()
  for (const pupil of pupilsThisYear(planOf(size, seed, Math.max(2016, known.since))))
    byHash.set(hashCode(pupil.code).toString('hex'), pupil)
  const learners = await asJob(db, (tx) => learnersByHash(tx, [...byHash.keys()]))
  if (learners.size < KNOWN * byHash.size) throw new RoundRefused('not_this_country')
  return new Map([...learners].map(([hash, learner]) => [learner, byHash.get(hash)!]))
}

/** Test domains by the names the generator gives them. */
const subjectOf = { reading: 'literacy', numeracy: 'numeracy', science: 'science' } as const
const reasonOf = { special_need: 'specialist_document', newcomer: 'language_newcomer' } as const

function inDomain(pupils: ReadonlyMap<number, Pupil>, domain: keyof typeof subjectOf): PlantedPupils {
  return new Map(
    [...pupils].map(([learner, { n, ability, exempt, hasNeed }]) => [
      learner,
      { n, ability: ability[subjectOf[domain]], exempt: exempt && reasonOf[exempt], hasNeed },
    ]),
  )
}
