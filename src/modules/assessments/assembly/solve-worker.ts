import { parentPort, workerData } from 'node:worker_threads'
import highsModule from 'highs'
import { type LinearProgramme, lpText } from '#stats/network/index.ts'
import type { AskedSolver } from './solver.ts'

/** Solves one programme and ends. HiGHS holds its thread while it works, so it has one of its own. */
const { programme, seconds, gap } = workerData as AskedSolver & { programme: LinearProgramme }
const highs = await (highsModule as unknown as typeof highsModule.default)()
const { Status, Columns } = highs.solve(lpText(programme), {
  time_limit: seconds,
  mip_rel_gap: gap,
  random_seed: 1,
  threads: 1,
}) as { Status: string; Columns: Record<string, { Primal?: number }> }
parentPort!.postMessage({
  status: Status,
  values: programme.names.map((_, at) => Columns[`v${at}`]?.Primal ?? Number.NaN),
})
