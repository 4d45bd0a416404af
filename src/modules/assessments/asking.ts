import type { Context } from 'hono'
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import type { Env } from '#http/route.ts'
import { type Duty, dutyTiers } from './lifecycle.ts'
import { faultOf, isOfState } from './rounds/faults.ts'
import { RoundRefused } from './rounds/refused.ts'
import { dutiesOf } from './store.ts'

/** What routes of assessments ask and refuse in the same way. */

/** One thing, by its id in the address. */
export const one = { params: z.object({ id: z.uuid() }) }

/** A body of JSON that has to be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

/** Work as somebody with a duty in the item bank; for everybody else there is no such thing. */
export function asDutyHolder<Found>(
  c: Context<Env>,
  work: (tx: Tx, duties: Duty[]) => Promise<Found>,
): Promise<Found> {
  if (!dutyTiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
  return c.var.asActor(async (tx) => {
    const duties = await dutiesOf(tx)
    if (duties.length === 0) throw new Problem('not_found')
    return work(tx, duties)
  })
}

/** What was found; to be asked after the transaction, so that what it wrote into the audit trail stays. @throws Problem not_found */
export function there<Found>(found: Found | null): Found {
  if (found === null) throw new Problem('not_found')
  return found
}

/** A refusal of the database as what the API answers. */
export async function told(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    throw error instanceof RoundRefused ? problemOf(error.fault) : error
  }
}

/** What is answered where something about a round or a form was refused. */
export function problemOf(fault: string): Problem {
  if (fault === 'not_there') return new Problem('not_found')
  return new Problem(isOfState(fault) ? 'wrong_state' : 'invalid_request', { errors: [faultOf(fault)] })
}
