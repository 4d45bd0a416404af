import { z } from 'zod'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import {
  makeRoster,
  makeRun,
  RoundRefused,
  rescoreRound,
  ScalingRefused,
  scoreRound,
  sweepRoundFiles,
  workOnFile,
} from '#modules/assessments/index.ts'
import { runChecks } from '#modules/checks/index.ts'
import { computeFreeTables, makeExtractFiles } from '#modules/disclosure/index.ts'
import { handler, type JobHandlers, JobRefused } from '#modules/jobs/index.ts'
import { publish, runTrial } from '#modules/publications/index.ts'
import { retain } from '#modules/rights/index.ts'
import { dayOf } from '#terms/day.ts'
import { checks, figures, freeData } from './catalogue.ts'
import { computeFigures } from './compute-figures.ts'
import { demoHandler } from './demo-handler.ts'
import { feedHandler } from './feed-handler.ts'
import { type ImportPlace, importHandler } from './import-handler.ts'
import { refused } from './refused-job.ts'
import { type Answering, reportHandler } from './report-handler.ts'

/** What each kind of job does. Payloads hold ids and choices, never anything about a person. */
export function jobHandlers(
  db: Database,
  keys: Keys,
  {
    personKeys,
    feeds,
    answering,
    ...imports
  }: ImportPlace & { personKeys: string; feeds: string; answering: (() => Promise<Answering>) | null },
): JobHandlers {
  return {
    retention: handler(z.object({ runId: z.int().positive() }), async ({ payload, signal, progress }) => {
      const report = await retain(db, {
        run: payload.runId,
        personKeys,
        onProgress: (done, of) => {
          signal.throwIfAborted()
          progress(done / of)
        },
      })
      return { people: report?.counts.learner_identity?.['identity.person'] ?? 0 }
    }),
    import: importHandler(db, keys, imports),
    demo: demoHandler(db, keys),
    reports: reportHandler(db, answering),
    feed: feedHandler(db, keys, { folder: feeds, refusesRealData: imports.refusesRealData }),
    compute: handler(
      z.object({ thenPublish: z.boolean().default(false) }),
      async ({ payload, signal, progress, ask }) => {
        const { parts, newParts, reused, cells } = await computeFigures(db, {
          onProgress: (done, of, indicator, schoolYear) => {
            signal.throwIfAborted()
            progress(done / of, { indicator, schoolYear })
          },
        })
        // Before this job is noted as done: should the process die in between, both are done again, which changes nothing.
        if (payload.thenPublish) await ask('publish')
        // Last: where the keys of the noise are lost, the cubes and their release still stand.
        await computeFreeTables(db, keys, freeData).catch(refused)
        return { parts, newParts, reused, cells }
      },
    ),
    publish: handler(z.object({}), async ({ signal, progress }) => {
      const { shown, absent } = await publish(db, 'public', dayOf(new Date()), (done, of, schoolYear) => {
        signal.throwIfAborted()
        progress(done / of, { schoolYear })
      }).catch(refused)
      return { shown, absent }
    }),
    checks: handler(z.object({}), async ({ signal, progress }) => {
      const { asked, faults, found, gone, surprises } = await runChecks(db, checks, {
        day: dayOf(new Date()),
        figures,
        onProgress: (done, of) => {
          signal.throwIfAborted()
          progress(done / of)
        },
      })
      return { asked, faults, found, gone, surprises }
    }),
    extract: handler(z.object({ extractId: z.int().positive() }), async ({ payload, signal, progress }) => {
      const made = await makeExtractFiles(db, keys, payload.extractId, {
        day: dayOf(new Date()),
        onProgress: (done, of) => {
          signal.throwIfAborted()
          progress(done / of)
        },
      })
      return { ...made }
    }),
    roster: handler(z.object({ round: z.string() }), async ({ payload, signal, progress }) => {
      const made = await makeRoster(db, keys, payload.round, (done) => {
        signal.throwIfAborted()
        progress(done)
      }).catch((error: unknown) => {
        throw error instanceof RoundRefused ? new JobRefused('roster.refused') : error
      })
      return { ...made }
    }),
    'round-file': handler(z.object({ fileId: z.int().positive() }), async ({ payload }) => {
      await sweepRoundFiles(db, imports.uploads)
      const report = await workOnFile(db, keys, imports.uploads, payload.fileId)
      if (report === 'gone') throw new JobRefused('round_file.gone')
      return { rows: report?.lines ?? 0, refusals: report?.refused ?? 0 }
    }),
    score: handler(z.object({ round: z.string() }), async ({ payload, signal, progress }) => {
      const scored = await scoreRound(db, payload.round, (share) => {
        signal.throwIfAborted()
        progress(share)
      })
      return { ...scored }
    }),
    scale: handler(z.object({ runId: z.int().positive() }), async ({ payload, signal, progress }) => {
      const made = await makeRun(db, payload.runId, { signal, onProgress: (done) => progress(done) }).catch(
        (error: unknown) => {
          throw error instanceof ScalingRefused ? new JobRefused('scaling.refused') : error
        },
      )
      return { ...made }
    }),
    rescore: handler(z.object({ round: z.string() }), async ({ payload, signal, progress }) => {
      const pupils = await rescoreRound(db, payload.round, {
        onProgress: (done) => {
          signal.throwIfAborted()
          progress(done)
        },
      })
      return { pupils }
    }),
    'rule-trial': handler(
      z.object({ trialId: z.int().positive() }),
      async ({ payload, signal, progress }) => {
        await runTrial(db, payload.trialId, dayOf(new Date()), (done, of, schoolYear) => {
          signal.throwIfAborted()
          progress(done / of, { schoolYear })
        })
        return {}
      },
    ),
  }
}
