import type { RouterContextProvider } from 'react-router'
import type { z } from 'zod'
import { Sitting } from '#modules/assessments/model.ts'
import { portalContext } from '../../context.ts'
import { type Problem, refusal } from '../../read.ts'

type Context = Readonly<RouterContextProvider>

/** Asks the API as the child whose sitting the browser holds: its cookie goes along. */
export function askAsChild(context: Context, request: Request, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers)
  headers.set('cookie', request.headers.get('cookie') ?? '')
  headers.set('x-forwarded-proto', request.headers.get('x-forwarded-proto') ?? 'http')
  return context.get(portalContext).api(path, { ...init, headers })
}

/** Sends JSON as the child. */
export function sendAsChild(context: Context, request: Request, method: string, path: string, body: unknown) {
  return askAsChild(context, request, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** What an answer holds; checked while the system is tested, as in read.ts. */
export async function bodyOf<T extends z.ZodType>(answer: Response, schema: T): Promise<z.output<T>> {
  const body = await answer.json()
  return process.env.IKMS_CHECK_ANSWERS === '1' ? schema.parse(body) : (body as z.output<T>)
}

/** The sitting of this browser; null where there is none. */
export async function sittingIn(context: Context, request: Request): Promise<Sitting | null> {
  const answer = await askAsChild(context, request, '/sittings/current')
  if (answer.status === 401) return null
  if (!answer.ok) throw await refusal(answer)
  return bodyOf(answer, Sitting)
}

/** Code of a refusal. */
export async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json().catch(() => ({}))) as Partial<Problem>).code ?? 'failed'
}

/** Where a child at work goes on: at the first place without an answer. */
export function nextPlace({ places, saved }: Sitting): number {
  const filled = new Set(saved.filter(({ isEmpty }) => !isEmpty).map(({ position }) => position))
  for (let place = 1; place <= places; place += 1) if (!filled.has(place)) return place
  return Math.max(1, places)
}
