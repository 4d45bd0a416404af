import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import { backOff, type Patience } from './patience.ts'
import { SourceFault } from './source-fault.ts'

const MB = 1024 ** 2
const TRIES = 4
const FIRST_WAIT = 500 // ms before the second try
const LONGEST_WAIT = 20_000 // ms between two tries
const WAITS_IN_PLACE = 60 // s a source may ask us to wait without the run ending

export interface HttpOptions {
  signal: AbortSignal
  patience: Patience
  /** ms that one answer may take, from first to last byte; default 30 s */
  within?: number
  /** bytes of one answer that is kept in memory; default 64 MB */
  most?: number
}

export interface Asked {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** statuses that are an answer and no fault, besides 200 */
  also?: readonly number[]
}

export interface Answer {
  status: number
  headers: Headers
  /** undefined where the status is not one of success */
  json: unknown
}

/** A source that is asked politely: few tries, longer and longer apart, and never sooner than it says. */
export class Http {
  readonly #options: Required<HttpOptions>

  constructor(options: HttpOptions) {
    this.#options = { within: 30_000, most: 64 * MB, ...options }
  }

  /**
   * The JSON of an answer with its headers.
   *
   * @throws  SourceFault; the reason of the signal
   */
  ask(url: URL, asked: Asked = {}): Promise<Answer> {
    return this.#patiently(url, asked, async (answer) => {
      const bytes = await this.#whole(answer)
      const { status, headers } = answer
      return { status, headers, json: answer.ok ? parsed(bytes, url) : undefined }
    })
  }

  /** The JSON of an answer, as it was agreed. */
  async json<Schema extends z.ZodType>(
    url: URL,
    schema: Schema,
    asked: Asked = {},
  ): Promise<z.output<Schema>> {
    return agreed(schema, (await this.ask(url, asked)).json)
  }

  /** Writes an answer of any size into a file. */
  async download(url: URL, path: string, asked: Asked & { most: number }): Promise<void> {
    await this.#patiently(url, asked, async (answer) => {
      if (!answer.body) throw new SourceFault('source.cut', { host: url.host })
      const counted = limited(answer.body, asked.most)
      await pipeline(Readable.from(counted), createWriteStream(path, { flags: 'w', mode: 0o600 }))
    })
  }

  async #patiently<T>(url: URL, asked: Asked, read: (answer: Response) => Promise<T>): Promise<T> {
    const { signal, patience } = this.#options
    for (let tries = 1; ; tries += 1) {
      const fault = await this.#once(url, asked, read).catch((error: unknown) => {
        signal.throwIfAborted()
        if (error instanceof SourceFault) return error
        throw error
      })
      if (!(fault instanceof SourceFault)) return fault
      const asksFor = fault.retryAfter ?? 0
      if (!passes.has(fault.code) || tries === TRIES || asksFor > WAITS_IN_PLACE) throw fault
      const wait = backOff(tries, FIRST_WAIT, LONGEST_WAIT, patience.random())
      await patience.pause(Math.max(wait, asksFor * 1000), signal)
    }
  }

  async #once<T>(url: URL, asked: Asked, read: (answer: Response) => Promise<T>): Promise<T> {
    const { signal, within } = this.#options
    const late = AbortSignal.timeout(within)
    const { host } = url
    let isAnswering = false
    try {
      const answer = await fetch(url, {
        method: asked.method ?? 'GET',
        headers: { accept: 'application/json', 'user-agent': 'ikms', ...asked.headers },
        ...(asked.body !== undefined && { body: asked.body }),
        redirect: 'error', // what is secret goes where it was meant to go

        signal: AbortSignal.any([signal, late]),
      })
      isAnswering = true
      if (answer.status !== 200 && !asked.also?.includes(answer.status)) {
        await answer.body?.cancel()
        throw faultOf(answer, url)
      }
      return await read(answer)
    } catch (error) {
      if (error instanceof SourceFault) throw error
      if (late.aborted) throw new SourceFault('source.late', { host, seconds: Math.round(within / 1000) })
      if (isAnswering && isOfDisk(error)) throw error
      throw new SourceFault(isAnswering ? 'source.cut' : 'source.unreachable', { host })
    }
  }

  async #whole(answer: Response): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    if (answer.body) for await (const piece of limited(answer.body, this.#options.most)) pieces.push(piece)
    return Buffer.concat(pieces)
  }
}

/** Faults that may be over the next time. */
const passes = new Set(['source.unreachable', 'source.late', 'source.cut', 'source.busy', 'source.error'])

function faultOf({ status, headers }: Response, url: URL): SourceFault {
  const { host, pathname: path } = url
  if (status === 429 || status === 503) {
    const after = retryAfter(headers.get('retry-after'), Date.now())
    return new SourceFault(status === 429 ? 'source.busy' : 'source.error', { host, status }, after)
  }
  if (status >= 500) return new SourceFault('source.error', { host, status })
  if (status === 401 || status === 403) return new SourceFault('source.not_allowed', { host, status })
  if (status === 404) return new SourceFault('source.not_found', { path })
  if (status === 410) return new SourceFault('source.cursor_gone')
  return new SourceFault('source.refused', { host, status })
}

/**
 * Seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or an instant. At most a day.
 *
 * @param now  ms since 1970
 */
export function retryAfter(said: string | null, now: number): number | undefined {
  if (said === null) return undefined
  const seconds = /^\d+$/.test(said.trim()) ? Number(said) : (Date.parse(said) - now) / 1000
  return Number.isFinite(seconds) ? Math.min(86_400, Math.max(0, Math.ceil(seconds))) : undefined
}

async function* limited(body: ReadableStream<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.byteLength
    if (bytes > most) throw new SourceFault('source.too_large', { limit: Math.round(most / MB) })
    yield piece
  }
}

/** What an answer of 200 was to be; cut off, it is no JSON. */
function parsed(bytes: Buffer, url: URL): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new SourceFault('source.cut', { host: url.host })
  }
}

/** @throws SourceFault `source.schema`, with path and expectation of at most five fields */
export function agreed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new SourceFault('source.schema', { fields: fields.join('; ').slice(0, 500) })
}

function isOfDisk(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EACCES' || code === 'ENOENT' || code === 'EIO'
}
