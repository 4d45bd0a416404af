import { Worker } from 'node:worker_threads'
import { type LinearProgramme, largestViolation, type SolverAnswer } from '#stats/network/index.ts'

export interface AskedSolver {
  /** it says what it has when they are over */
  seconds: number
  /** a solution this near to the best one that is possible is the best, relative */
  gap: number
}

/** A solution may miss a row by so much, in its unit: rounding of the solver. */
const NEARLY = 1e-5
/** The thread itself is ended so much later, whatever it does, s. */
const GRACE = 5

let last: Promise<unknown> = Promise.resolve()

/**
 * Solves a programme in a thread of its own, one after the other, so that whoever else waits for this process is answered meanwhile.
 *
 * @returns  `limit`: a solution that was not proved to be the best in the time; `none`: there was no time to find any
 */
export function solveApart(programme: LinearProgramme, asked: AskedSolver): Promise<SolverAnswer> {
  const answer = last.then(() => solve(programme, asked))
  last = answer.catch(() => {})
  return answer
}

function solve(programme: LinearProgramme, asked: AskedSolver): Promise<SolverAnswer> {
  const worker = new Worker(new URL('./solve-worker.ts', import.meta.url), {
    workerData: { programme, ...asked },
  })
  return new Promise<SolverAnswer>((done, fail) => {
    const late = setTimeout(() => done({ status: 'none', values: [] }), (asked.seconds + GRACE) * 1000)
    worker.once('message', (said: { status: string; values: number[] }) => {
      clearTimeout(late)
      done(answerOf(programme, said))
    })
    worker.once('error', (error) => {
      clearTimeout(late)
      fail(error)
    })
  }).finally(() => worker.terminate())
}

function answerOf(programme: LinearProgramme, said: { status: string; values: number[] }): SolverAnswer {
  if (said.status === 'Infeasible') return { status: 'infeasible', values: [] }
  const values = said.values.map((x, at) => (programme.integer[at] ? Math.round(x) : x))
  if (!(largestViolation(programme, values) <= NEARLY)) return { status: 'none', values: [] }
  return { status: said.status === 'Optimal' ? 'optimal' : 'limit', values }
}
