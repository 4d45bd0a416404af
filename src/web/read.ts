import { data, type RouterContextProvider } from 'react-router'
import type { z } from 'zod'
import { portalContext } from './context.ts'

/** A refusal of the API (RFC 9457), as far as an error page needs it. */
export interface Problem {
  status: number
  code: string
  title?: string
  detail?: string
  requestId?: string
}

/**
 * Asks the API for `/api/v1` + path (`/indicators`) and gives the answer in the shape of `schema`: checked while the system is
 * tested; in use the types are enough.
 *
 * @throws a route error with the API's problem and status, which the error page shows
 */
export async function read<T extends z.ZodType>(
  context: Readonly<RouterContextProvider>,
  path: string,
  schema: T,
): Promise<z.output<T>> {
  const answer = await context.get(portalContext).api(path)
  if (!answer.ok) throw await refusal(answer)
  const body = await answer.json()
  return process.env.IKMS_CHECK_ANSWERS === '1' ? schema.parse(body) : (body as z.output<T>)
}

/** What to throw when the API refused. */
export async function refusal(answer: Response) {
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>
  return data({ code: 'failed', ...problem, status: answer.status }, { status: answer.status })
}

/** What to throw when an address leads nowhere. */
export function notFound() {
  return data({ status: 404, code: 'not_found' } satisfies Problem, { status: 404 })
}
