import { z } from 'zod'
import type { Suggester } from './suggester.ts'

const LONGEST_WAIT = 8_000 // ms
const MOST_BYTES = 20_000

const Reply = z.object({ points: z.number().int().min(0), why: z.string().max(2000).nullish() })

/** Where an outside model is asked, and which hosts may be. */
export interface OutsideModel {
  address: string
  /** names of hosts, with the port where it is not the usual one */
  hosts: readonly string[]
}

/** Said by the operator only; without both there is no outside model. */
export function outsideModel(environment: NodeJS.ProcessEnv): OutsideModel | null {
  const address = environment.IKMS_SUGGESTER
  const hosts = (environment.IKMS_SUGGESTER_HOSTS ?? '').split(/[\s,]+/).filter(Boolean)
  return address && hosts.length > 0 ? { address, hosts } : null
}

/**
 * Asks a model elsewhere for points. It is sent the question, the rubric and the answer, and nothing else: no identifier of a pupil, a
 * school, a marker or a round, and no other answers. What comes back counts only where it is in shape and within the points.
 *
 * @throws RangeError where the address is not https (or of this machine) or its host is not on the list
 */
export function outsideSuggester({ address, hosts }: OutsideModel): Suggester {
  const url = new URL(address)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) {
    throw new RangeError('an outside model is asked over https only')
  }
  if (!hosts.includes(url.host)) throw new RangeError(`${url.host} is not on the list of hosts to be asked`)
  return {
    name: `http ${url.host}`,
    async suggest({ language, question, criteria, most, answer }) {
      const reply = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ task: 'points', language, question, criteria, most, answer }),
        redirect: 'error',
        signal: AbortSignal.timeout(LONGEST_WAIT),
      })
      if (!reply.ok) return null
      const said = Reply.safeParse(JSON.parse(await textWithin(reply, MOST_BYTES)))
      if (!said.success || said.data.points > most) return null
      return { points: said.data.points, support: 1, neighbours: [], why: said.data.why ?? null }
    },
  }
}

async function textWithin(reply: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.length
    if (bytes > most) throw new RangeError('the answer of the model is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
