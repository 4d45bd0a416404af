import { chunkCount, type Expectation, expectRange } from './expectation.ts'
import { missingInformation, type ScoreTask } from './missing-information.ts'
import type { RowProblem } from './row-problem.ts'

/**
 * How the sums over people are formed. `stats` starts no threads; a caller who has some gives them the numbers on
 * shared memory, a range of chunks each, and adds their parts (`partOf`, `expectRange`, `addPart`,
 * `missingInformation`).
 */
export interface Sharing {
  /** memory that all threads can see, e.g. (bytes) => new SharedArrayBuffer(bytes); undefined: that of this thread */
  readonly allocate?: (bytes: number) => ArrayBufferLike
  /** called once, before the first sum, with everything the sums read; it can be cloned to another thread */
  readonly begin?: (problem: RowProblem) => void
  /** sums over all chunks into `work`; returns Σ weight · ln(marginal likelihood) */
  readonly expect: (work: Expectation) => number
  /** `missingInformation` over all chunks; free × free, lower triangle */
  readonly inform: (task: ScoreTask) => Float64Array
}

/** The plain way: one thread does it all. */
export const inThisThread: Sharing = {
  expect: (work) => expectRange(work, 0, chunkCount(work)),
  inform: (task) => missingInformation(task, 0, chunkCount(task.problem.work)),
}

/** The same arrays on memory that all threads can see. */
export function onSharedMemory(work: Expectation, { allocate }: Sharing): Expectation {
  if (allocate === undefined) return work
  const { patterns } = work
  return {
    ...work,
    patterns: {
      ...patterns,
      parent: moved(patterns.parent, allocate),
      response: moved(patterns.response, allocate),
      start: moved(patterns.start, allocate),
      leaves: moved(patterns.leaves, allocate),
      priorClass: moved(patterns.priorClass, allocate),
      weight: moved(patterns.weight, allocate),
      answer: moved(patterns.answer, allocate),
    },
    probability: moved(work.probability, allocate),
    prior: moved(work.prior, allocate),
    likelihood: moved(work.likelihood, allocate),
    low: moved(work.low, allocate),
    high: moved(work.high, allocate),
  }
}

/** Tables of `work`, with sums of its own: what one thread adds up. */
export function partOf(work: Expectation, allocate: (bytes: number) => ArrayBufferLike): Expectation {
  return {
    ...work,
    joint: moved(new Float64Array(work.joint.length), allocate),
    classCounts: moved(new Float64Array(work.classCounts.length), allocate),
  }
}

/** Adds the sums of a part to those of `to`. */
export function addPart(to: Expectation, part: Expectation): void {
  for (let k = 0; k < to.joint.length; k++) to.joint[k]! += part.joint[k]!
  for (let k = 0; k < to.classCounts.length; k++) to.classCounts[k]! += part.classCounts[k]!
}

type Numbers = Int8Array | Uint16Array | Int32Array | Float64Array

function moved<Kind extends Numbers>(numbers: Kind, allocate: (bytes: number) => ArrayBufferLike): Kind {
  const make = numbers.constructor as new (memory: ArrayBufferLike) => Kind
  const to = new make(allocate(numbers.byteLength))
  to.set(numbers)
  return to
}
