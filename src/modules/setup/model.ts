import { z } from 'zod'
import { JobState, JobStep } from '#modules/jobs/model.ts'
import { Words } from '#terms/locale.ts'

/** The made-up Latvia of the first start: whether it may be asked for, and how far it is. */
export const Demo = z
  .object({
    offered: z.boolean().describe('nothing is here yet, and the caller sits at the machine'),
    ticket: z.string().nullable().describe('to be sent along when asking or cancelling; valid for an hour'),
    job: z
      .object({
        state: JobState,
        done: z.number().min(0).max(1).describe('share of the work'),
        step: JobStep.nullable(),
        failure: Words.nullable().describe('what happened and what to do'),
      })
      .nullable()
      .describe('the latest, where there was one'),
  })
  .meta({ id: 'Demo' })
export type Demo = z.infer<typeof Demo>

export const DemoTicket = z.object({ ticket: z.string().max(100) })
