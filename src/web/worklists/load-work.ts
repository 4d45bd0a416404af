import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import type { Me } from '#modules/access/model.ts'
import { CheckInfo, Scores } from '#modules/checks/model.ts'
import { ImportSummary, Upload } from '#modules/intake/model.ts'
import { Job } from '#modules/jobs/model.ts'
import { Profile, ReleaseSummary } from '#modules/publications/model.ts'
import { MunicipalityWork, SchoolWork, TeacherWork } from '#modules/worklists/model.ts'
import { read } from '../read.ts'

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) })

/** What waits for the mandate in force, by its tier; null where nothing can wait. */
export async function loadWork(context: Readonly<RouterContextProvider>, { mandate }: Me) {
  switch (mandate?.tier) {
    case 'school': {
      const [work, { items: checks }, profile] = await Promise.all([
        read(context, '/work/school', SchoolWork),
        read(context, '/checks', listOf(CheckInfo)),
        read(context, `/profiles/${mandate.institutionId}`, Profile),
      ])
      return { tier: mandate.tier, work, checks, profile }
    }
    case 'municipality':
      return { tier: mandate.tier, work: await read(context, '/work/municipality', MunicipalityWork) }
    case 'teacher':
      return { tier: mandate.tier, work: await read(context, '/work/teacher', TeacherWork) }
    case 'steward': {
      const [{ items: jobs }, { items: imports }, { items: uploads }] = await Promise.all([
        read(context, '/jobs', listOf(Job)),
        read(context, '/imports', listOf(ImportSummary)),
        read(context, '/uploads', listOf(Upload)),
      ])
      const waitingFiles = uploads.filter(({ state }) => state === 'waiting').length
      return { tier: mandate.tier, jobs, imports, waitingFiles }
    }
    case 'analyst': {
      const [scores, { items: releases }, { items: imports }] = await Promise.all([
        read(context, '/checks/scores', Scores),
        read(context, '/releases', listOf(ReleaseSummary)),
        read(context, '/imports', listOf(ImportSummary)),
      ])
      return {
        tier: mandate.tier,
        scores,
        release: releases.find(({ inForce }) => inForce) ?? null,
        imports,
      }
    }
    default:
      return null
  }
}

export type Work = Awaited<ReturnType<typeof loadWork>>
