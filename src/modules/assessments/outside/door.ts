import type { CallOutcome, ModelCall, ModelTask } from './call.ts'
import { newCircuit } from './circuit.ts'

/** Where a model elsewhere is asked, and which hosts may be. */
export interface OutsideModel {
  address: string
  /** names of hosts, with the port where it is not the usual one */
  hosts: readonly string[]
}

/** How long a model is waited for, and how much of its answer is read. */
export interface Limits {
  /** ms, from the first byte sent to the last one read */
  wait: number
  mostBytes: number
}

/** What came of a call. */
export interface Told<Found> {
  /** null: nothing that can be used; the call says why */
  found: Found | null
  /** the answer as it came; null where none came whole */
  said: string | null
  call: ModelCall
}

/** The one way out to a model elsewhere, for one task. */
export interface Door {
  readonly host: string
  /**
   * Sends a question as JSON. Never throws: what goes wrong is the outcome of the call.
   *
   * @param read what the answer means; null where it has not the agreed shape
   */
  ask<Found>(question: object, read: (said: unknown) => Found | null): Promise<Told<Found>>
}

/**
 * Opens the way to a model: https, or this machine; a host the operator has listed; no redirects, no cookies, no credentials; a limit of
 * time and of size; and a rest after failures in a row.
 *
 * @throws RangeError where the address is not https (or of this machine) or its host is not on the list
 */
export function openDoor(
  task: ModelTask,
  { address, hosts }: OutsideModel,
  { wait, mostBytes }: Limits,
): Door {
  const url = new URL(address)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) {
    throw new RangeError('an outside model is asked over https only')
  }
  if (!hosts.includes(url.host)) throw new RangeError(`${url.host} is not on the list of hosts to be asked`)
  const circuit = newCircuit()
  return {
    host: url.host,
    async ask(question, read) {
      const begun = performance.now()
      const sent = JSON.stringify({ task, ...question })
      const call = (outcome: CallOutcome, gotBytes = 0): ModelCall => ({
        task,
        host: url.host,
        outcome,
        milliseconds: Math.round(performance.now() - begun),
        sentBytes: outcome === 'resting' ? 0 : Buffer.byteLength(sent),
        gotBytes,
      })
      if (circuit.isResting(Date.now())) return { found: null, said: null, call: call('resting') }
      const { outcome, text, bytes, restFor } = await exchange(url, sent, { wait, mostBytes })
      const { found, isJson } = text === null ? { found: null, isJson: false } : understood(text, read)
      const ending =
        text === null ? outcome : !isJson ? 'not_json' : found === null ? 'wrong_shape' : 'answered'
      if (ending === 'answered') circuit.succeeded()
      else circuit.failed(Date.now(), restFor)
      return { found, said: text, call: call(ending, bytes) }
    },
  }
}

interface Exchange {
  outcome: CallOutcome
  /** null where no answer came whole */
  text: string | null
  bytes: number
  restFor: number
}

async function exchange(url: URL, body: string, { wait, mostBytes }: Limits): Promise<Exchange> {
  const signal = AbortSignal.timeout(wait)
  const without = (outcome: CallOutcome, bytes = 0, restFor = 0) => ({ outcome, text: null, bytes, restFor })
  let reply: Response
  try {
    reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'manual',
      signal,
    })
  } catch {
    return without(signal.aborted ? 'timeout' : 'unreachable')
  }
  if (!reply.ok) {
    await reply.body?.cancel().catch(() => {})
    return without(refusedAs(reply.status), 0, secondsOf(reply.headers.get('retry-after')) * 1000)
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of reply.body ?? []) {
      bytes += chunk.length
      if (bytes > mostBytes) return without('too_long', bytes)
      chunks.push(chunk)
    }
  } catch {
    return without(signal.aborted ? 'timeout' : 'cut_short', bytes)
  }
  return { outcome: 'answered', text: Buffer.concat(chunks).toString('utf8'), bytes, restFor: 0 }
}

function refusedAs(status: number): CallOutcome {
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 429 || status === 503) return 'busy'
  return status >= 500 ? 'failed' : 'refused'
}

/** Retry-After in seconds; 0 where it is not said so. */
function secondsOf(header: string | null): number {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : 0
}

function understood<Found>(
  text: string,
  read: (said: unknown) => Found | null,
): { found: Found | null; isJson: boolean } {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return { found: null, isJson: false }
  }
  try {
    return { found: read(said), isJson: true }
  } catch {
    return { found: null, isJson: true } // e.g. nested too deep to be walked through
  }
}
