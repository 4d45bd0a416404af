import { type Batch, Rows } from './contract.ts'
import type { Year } from './learners/history.ts'
import { OUT, type Population } from './learners/population.ts'
import { parameters } from './monitoring/abilities.ts'
import type { Treatment } from './monitoring/treatments.ts'
import type { Network } from './network/network.ts'

const points = (deviations: number) => Number((parameters.points * deviations).toFixed(2))

/** What is true of schools and initiatives, and the figures that hold for the whole country. */
export function* planTruths({ schools }: Network, treated: readonly Treatment[]): Generator<Batch> {
  const rows = new Rows('true_schools')
  for (const { reg, effect, context } of schools) {
    rows.add({
      reg_number: reg,
      literacy: points(effect.literacy),
      numeracy: points(effect.numeracy),
      science: points(effect.science),
      growth: points(effect.growth),
      context_z: Number(context.toFixed(4)),
    })
  }
  yield* rows.rest()
  const treatments = new Rows('true_treatments')
  for (const { school, initiative, subject, since, effect } of treated) {
    const reg_number = schools[school]!.reg
    treatments.add({ reg_number, initiative, subject, since_school_year: since, effect })
  }
  yield* treatments.rest()
  const figures = new Rows('true_parameters')
  for (const [parameter, value] of Object.entries(parameters)) {
    if (typeof value === 'number') {
      figures.add({ parameter, value, unit: parameter === 'points' ? 'points a deviation' : 'deviations' })
      continue
    }
    for (const [part, of] of Object.entries(value)) {
      const unit = parameter === 'mean' ? 'points' : 'deviations'
      figures.add({ parameter: `${parameter}.${part}`, value: of, unit })
    }
  }
  yield* figures.rest()
}

/** Who was at which risk of leaving in a year, and who did leave. */
export function* riskTruths(
  { year, people, events }: Year,
  codeOf: (learner: number) => string,
): Generator<Batch> {
  const rows = new Rows('true_risks')
  for (let learner = 0; learner < people.count; learner++) {
    const risk = events.risk[learner]!
    if (people.school[learner] === OUT || Number.isNaN(risk)) continue
    rows.add({
      learner_uid: codeOf(learner),
      school_year: year,
      risk: Number(risk.toFixed(5)),
      left: events.leftEarly(learner),
    })
    yield* rows.full()
  }
  yield* rows.rest()
}

/** What is true of learners as long as they live. */
export function* learnerTruths(people: Population, codeOf: (learner: number) => string): Generator<Batch> {
  const rows = new Rows('true_learners')
  for (let learner = 0; learner < people.count; learner++) {
    if (people.seen[learner] === 0) continue
    const context = people.context[learner]!
    rows.add({
      learner_uid: codeOf(learner),
      context_z: Number.isNaN(context) ? null : Number(context.toFixed(4)),
      residual_z: Number(people.residual[learner]!.toFixed(4)),
    })
    yield* rows.full()
  }
  yield* rows.rest()
}
