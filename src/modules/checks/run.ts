import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Day } from '#terms/day.ts'
import type { Check } from './define.ts'
import type { WatchedFigure } from './jumps/define.ts'
import { findSurprises } from './jumps/find.ts'
import { askRecords, beginRun, keepFindings, keepScores, latestYear, thresholdsOn } from './run-store.ts'

export interface ChecksReport {
  /** null: the bank is empty, nothing was asked */
  runId: number | null
  asked: number
  faults: number
  /** findings that were not there before, and those that no longer are */
  found: number
  gone: number
  /** sudden changes and far-out figures */
  surprises: number
}

export interface ChecksOptions {
  /** whose thresholds hold and from which a record is late */
  day: Day
  /** figures of institutions that are watched for sudden changes */
  figures?: readonly WatchedFigure[]
  onProgress?: (done: number, of: number) => void
}

/**
 * Asks every check of what the bank holds now, about the latest school year that has begun, and keeps what was found and what is
 * gone since. Whole or not at all; asked again of the same bank it finds the same.
 *
 * @throws Error where a check has no threshold on the day. What `onProgress` throws
 */
export async function runChecks(
  db: Database,
  checks: readonly Check[],
  { day, figures = [], onProgress = () => {} }: ChecksOptions,
): Promise<ChecksReport> {
  return asJob(db, async (tx) => {
    const report: ChecksReport = { runId: null, asked: 0, faults: 0, found: 0, gone: 0, surprises: 0 }
    const schoolYear = await latestYear(tx, day)
    const runId = schoolYear === null ? null : await beginRun(tx, schoolYear, day)
    if (schoolYear === null || runId === null) return report
    const thresholds = await thresholdsOn(tx, day)
    for (const [done, each] of checks.entries()) {
      onProgress(done, checks.length)
      await askRecords(tx, each, thresholdsOf(each, thresholds), schoolYear, day)
      const score = await keepScores(tx, runId, each)
      const change = await keepFindings(tx, runId, each, schoolYear)
      report.asked += score.asked
      report.faults += score.faults
      report.found += change.found
      report.gone += change.gone
    }
    report.surprises = await findSurprises(tx, {
      runId,
      figures,
      schoolYear,
      threshold: (name) => thresholdOf(thresholds, name),
    })
    return { ...report, runId }
  })
}

function thresholdsOf(
  { code, thresholds }: Check,
  all: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(thresholds.map((name) => [name, thresholdOf(all, `${code} ${name}`)]))
}

function thresholdOf(all: ReadonlyMap<string, number>, name: string): number {
  const value = all.get(name)
  if (value === undefined) throw new Error(`there is no threshold ${name} on this day`)
  return value
}
