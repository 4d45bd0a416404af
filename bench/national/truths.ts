import { asJob, type Tx } from '../../src/db/actor.ts'
import type { Database } from '../../src/db/connection.ts'
import { scaleRound } from '../../src/modules/assessments/index.ts'
import { LOGITS, type MadeUpItem, madeUpItem } from '../../src/modules/assessments/made-up/pupil.ts'
import { itemsOfForms } from '../../src/modules/assessments/marking/scoring-store.ts'
import { type Country, type PlantedPupil, plantedGrowth, plantedRound, type Round } from './plant.ts'

/** Half the width of a 95 % interval, standard errors. */
const Z = 1.96

/** How often an interval of 95 % holds what was planted, and how far off estimates are on average. */
class Tally {
  readonly what: string
  private n = 0
  private inside = 0
  private sum = 0
  constructor(what: string) {
    this.what = what
  }
  add(estimate: number, error: number, truth: number): void {
    this.n++
    this.sum += estimate - truth
    if (Math.abs(estimate - truth) <= Z * error) this.inside++
  }
  toString(): string {
    const share = ((100 * this.inside) / this.n).toFixed(1)
    return `${this.what}: ${share} % of ${this.n} (off by ${(this.sum / this.n).toFixed(3)} on average)`
  }
}

/** What was planted beside what came out: abilities of pupils and schools, items, growth of schools. */
export async function truthsFound(tx: Tx, country: Country, given: readonly Round[]): Promise<string[]> {
  const said = ['planted truths within 95 % intervals:']
  for (const round of given) {
    const planted = plantedRound(country, round)
    const { rows } = await tx.query<{ learner: number; score: number; error: number; values: number[] }>(
      `select o.learner_id as learner, o.score, o.error, o.values from assessments.outcome o join assessments.round r using (round_id)
        where r.code = $1 and o.ended_at is null`,
      [round.code],
    )
    const tested = rows.map(({ learner }) => planted.get(learner)!)
    const { mean, sd } = momentsOf(tested.map(({ ability }) => ability))
    const points = ({ ability }: PlantedPupil) => 500 + (100 * (ability - mean)) / sd
    const people = new Tally('pupils')
    rows.forEach(({ score, error }, at) => {
      people.add(score, error, points(tested[at]!))
    })
    const schools = new Tally('school means by plausible values')
    for (const [, own] of Map.groupBy(rows, ({ learner }) => planted.get(learner)!.school)) {
      const { estimate, error } = drawnMean(own.map(({ values }) => values))
      const truth = own.reduce((sum, { learner }) => sum + points(planted.get(learner)!), 0) / own.length
      if (own.length > 1) schools.add(estimate, error, truth)
    }
    const items = await itemsFound(tx, round, { mean, sd })
    said.push(`  ${round.code}: ${[people, schools, ...items].join('; ')}`)
    if (round.grade === 6) said.push(`    ${await growthFound(tx, country, round, 100 / sd)}`)
  }
  return said
}

/** Mean of a group by plausible values, with the error that comes of testing these pupils: how the draws' means differ. */
function drawnMean(values: readonly (readonly number[])[]): { estimate: number; error: number } {
  const draws = values[0]!.length
  const means = Array.from(
    { length: draws },
    (_, d) => values.reduce((sum, own) => sum + own[d]!, 0) / values.length,
  )
  const { mean, sd } = momentsOf(means)
  // Few draws: their spread has draws − 1 degrees of freedom, and counts once more for itself.
  return { estimate: mean, error: (T_OF_NINE / Z) * sd * Math.sqrt(((1 + 1 / draws) * draws) / (draws - 1)) }
}

/** Half the width of a 95 % interval with nine degrees of freedom, standard errors. */
const T_OF_NINE = 2.262

/** Items with one question of one point: they follow the model that is fitted. */
async function itemsFound(
  tx: Tx,
  round: Round,
  { mean, sd }: { mean: number; sd: number },
): Promise<Tally[]> {
  const { rows: id } = await tx.query<{ id: number }>(
    'select round_id as id from assessments.round where code = $1',
    [round.code],
  )
  const { rows } = await tx.query<{
    version: number
    code: string
    slope: number
    intercept: number
    errors: { ofRound: { slope: number; intercepts: number[] } }
  }>(
    `select p.item_version_id as version, i.code, p.slope, p.intercepts[1] as intercept, p.errors
       from assessments.item_parameter p join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      where p.round = $1 and cardinality(p.intercepts) = 1`,
    [round.code],
  )
  const planted = new Map<number, MadeUpItem>()
  for (const items of (await itemsOfForms(tx, id[0]!.id)).values())
    for (const { position, versionId, texts } of items) {
      const { code } = rows.find(({ version }) => version === versionId) ?? {}
      if (code) planted.set(versionId, madeUpItem(position, code, texts[0]!.text, round.at))
    }
  const slopes = new Tally('slopes of items')
  const intercepts = new Tally('intercepts')
  for (const { version, slope, intercept, errors } of rows) {
    const item = planted.get(version)!
    const [question] = item.questions
    if (item.questions.length !== 1 || question!.isWritten || question!.most !== 1) continue
    slopes.add(slope, errors.ofRound.slope, item.slope * LOGITS * sd)
    intercepts.add(
      intercept,
      errors.ofRound.intercepts[0]!,
      item.slope * (LOGITS * mean - question!.difficulty),
    )
  }
  return [slopes, intercepts]
}

async function growthFound(tx: Tx, country: Country, round: Round, stretch: number): Promise<string> {
  const planted = plantedGrowth(country, round)
  const { rows } = await tx.query<{ school: number; value: number; error: number; percentile: number }>(
    `select institution_id as school, value_a as value, error_a as error, shrunk as percentile
       from growth.school where domain = $1 and school_year = (select school_year from assessments.round where code = $2)
        and value_a is not null`,
    [round.domain, round.code],
  )
  const all = momentsOf(planted).mean
  const added = new Tally('value added of schools')
  for (const { school, value, error } of rows) added.add(value, error, stretch * (planted[school - 1]! - all))
  const own = momentsOf(rows.map(({ percentile }) => percentile))
  const true_ = momentsOf(rows.map(({ school }) => planted[school - 1]!))
  const together =
    rows.reduce(
      (sum, { school, percentile }) => sum + (percentile - own.mean) * (planted[school - 1]! - true_.mean),
      0,
    ) /
    rows.length /
    (own.sd * true_.sd)
  return `${added}; growth percentiles of schools go with what was planted: r = ${together.toFixed(2)}`
}

function momentsOf(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return { mean, sd: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) }
}

/** Scales a round again with the same seed, and says whether every number is the same. */
export async function sameAgain(db: Database, code: string): Promise<string> {
  await scaleRound(db, code, { seed: 1, reason: 'again' })
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ input: string; output: string; people: string }>(
      `select encode(x.input_hash, 'hex') as input, encode(x.output_hash, 'hex') as output,
              (select md5(string_agg(concat_ws(' ', o.participant_id, o.score, o.error, o.level, o.strands, o.values), '|' order by o.participant_id))
                 from assessments.outcome o where o.run = x.run_uuid::text) as people
         from assessments.scaling_run x join assessments.round r using (round_id)
        where r.code = $1 order by x.number desc limit 2`,
      [code],
    ),
  )
  const [now, before] = rows
  const isSame =
    now!.input === before!.input && now!.output === before!.output && now!.people === before!.people
  return isSame ? `${code} scaled twice: the same bytes` : `${code} scaled twice: DIFFERENT`
}
