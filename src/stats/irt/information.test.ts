import { expect, test } from 'vitest'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import { calibrate, pose } from './calibrate.ts'
import type { CalibrationInput } from './calibration.ts'
import { checkCalibration } from './check-calibration.ts'
import { observedInformation } from './information.ts'
import { evaluate } from './marginal.ts'
import { startingValues } from './starting-values.ts'

/** Largest difference between the information and differences of the gradient, relative to its diagonal. */
function worstDifference(input: CalibrationInput): number {
  const { problem, free, values } = pose(input, checkCalibration(input))
  const at = startingValues(problem, free, values)
  const size = free.positions.length
  const { information } = observedInformation(problem, free, at)
  let worst = 0
  for (let k = 0; k < size; k++) {
    const h = 1e-4
    const [up, down] = [h, -h].map((step) => {
      const moved = Float64Array.from(at)
      moved[free.positions[k]!]! += step
      return evaluate(problem, free, moved)!.gradient
    })
    for (let l = 0; l < size; l++) {
      const difference = (down![l]! - up![l]!) / (2 * h)
      const scale = Math.sqrt(information[k * size + k]! * information[l * size + l]!)
      worst = Math.max(worst, Math.abs(difference - information[l * size + k]!) / Math.abs(scale))
    }
  }
  return worst
}

const mixed = madeUpItems(['rasch', '2pl', '3pl', 'pcm', 'gpcm', 'graded', '2pl', 'graded', '3pl', 'gpcm'])

test('the observed information is minus the derivative of the gradient: all models in one test', () => {
  const responses = madeUpAnswers(mixed, madeUpAbilities(400))
  expect(worstDifference({ responses, items: toCalibrate(mixed) })).toBeLessThan(1e-6)
})

test('… also with groups, covariates, weights and answers missing by design and at random', () => {
  const persons = 300
  const abilities = madeUpAbilities(persons)
  const responses = madeUpAnswers(mixed, abilities)
  const groups = abilities.map((_, i) => i % 3)
  for (let i = 0; i < persons; i++) {
    for (let j = 0; j < mixed.length; j++) {
      if ((groups[i] === 1 && j < 3) || (groups[i] === 2 && j > 6) || (i * 7 + j * 3) % 11 === 0) {
        responses[i * mixed.length + j] = -1
      }
    }
  }
  const input = {
    responses,
    items: toCalibrate(mixed),
    groups,
    weights: abilities.map((_, i) => 0.5 + (i % 4)),
    covariates: {
      names: ['x', 'y'],
      values: Float64Array.from({ length: 2 * persons }, (_, k) => ((k * k) % 13) / 5),
    },
  }
  expect(worstDifference(input)).toBeLessThan(1e-6)
})

test('standard errors are as wide as estimates scatter over made-up samples', () => {
  const items = madeUpItems(['2pl', '2pl', 'gpcm', '2pl', 'graded'])
  const samples = 60
  let squares = 0
  let count = 0
  for (let sample = 0; sample < samples; sample++) {
    const responses = madeUpAnswers(items, madeUpAbilities(600, 0, 1, 100 + sample), 200 + sample)
    calibrate({ responses, items: toCalibrate(items) }).items.forEach(({ intercepts, errors }, j) => {
      intercepts.forEach((d, k) => {
        squares += ((d - items[j]!.intercepts[k]!) / errors.intercepts[k]!) ** 2
        count++
      })
    })
  }
  // Mean square of about 540 standardised errors, not independent within a sample.
  expect(squares / count).toBeGreaterThan(0.8)
  expect(squares / count).toBeLessThan(1.25)
})
