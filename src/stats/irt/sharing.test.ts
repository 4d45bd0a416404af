import { expect, test } from 'vitest'
import { madeUpAbilities, madeUpAnswers, madeUpItems, toCalibrate } from '#test/stats/irt-answers.ts'
import { apart } from '#test/stats/irt-fits.ts'
import { calibrate } from './calibrate.ts'
import { chunkCount, expectRange } from './expectation.ts'
import { missingInformation } from './missing-information.ts'
import { addPart, partOf, type Sharing } from './sharing.ts'

/** Parts summed one after the other, as threads would sum them at once, all on shared memory. */
function inParts(parts: number): Sharing {
  const allocate = (bytes: number) => new SharedArrayBuffer(bytes)
  const range = (chunks: number, k: number): [number, number] => [
    Math.floor((chunks * k) / parts),
    Math.floor((chunks * (k + 1)) / parts),
  ]
  return {
    allocate,
    expect(work) {
      expect(work.likelihood.buffer).toBeInstanceOf(SharedArrayBuffer)
      let total = expectRange(work, ...range(chunkCount(work), 0))
      for (let k = 1; k < parts; k++) {
        const part = partOf(work, allocate)
        total += expectRange(part, ...range(chunkCount(work), k))
        addPart(work, part)
      }
      return total
    },
    inform(task) {
      // What a thread receives: a clone of numbers.
      const clone = structuredClone(task)
      const chunks = chunkCount(task.problem.work)
      const products = missingInformation(task, ...range(chunks, 0))
      for (let k = 1; k < parts; k++) {
        missingInformation(clone, ...range(chunks, k)).forEach((x, at) => {
          products[at]! += x
        })
      }
      return products
    },
  }
}

test('sums shared out in parts give the same calibration as one thread', () => {
  const known = madeUpItems(['2pl', 'gpcm', 'graded', '3pl', 'rasch', 'pcm', '2pl'])
  const responses = madeUpAnswers(known, madeUpAbilities(700))
  const groups = Int32Array.from({ length: 700 }, (_, i) => i % 2)
  const input = { responses, items: toCalibrate(known), groups }
  const alone = calibrate(input)
  const shared = calibrate(input, inParts(3))
  expect(Math.abs(shared.logLikelihood - alone.logLikelihood)).toBeLessThan(1e-9)
  expect(
    apart(
      shared.items.map(({ slope }) => slope),
      alone.items.map(({ slope }) => slope),
    ),
  ).toBeLessThan(1e-7)
  const errors = (fit: typeof alone) => fit.items.flatMap((item) => item.errors.intercepts)
  expect(apart(errors(shared), errors(alone))).toBeLessThan(1e-7)
  expect(apart(shared.abilities.mean, alone.abilities.mean)).toBeLessThan(1e-7)
})
