import { createHash } from 'node:crypto'
import { newSource } from './source.ts'

export interface Change {
  entity: string
  columns: string[]
  rows: Record<string, unknown>[]
  deleted: Record<string, string>[]
}

/** A register that keeps a log of its changes and answers as docs/feeds/source-api.json says; one change a page. */
export async function newChangeSource(log: Change[], { token = 'open sesame' } = {}) {
  let oldest = 0
  const source = await newSource((url, request) => {
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401 }
    if (url.pathname !== '/changes') return { status: 404 }
    const from = Number(url.searchParams.get('since') ?? 0)
    if (from < oldest) return { status: 410 }
    const page = log.slice(from, from + 1)
    const json = {
      asOf: '2026-11-21T22:30:00Z', // the 22nd in Latvia
      version: 'viis-9',
      changes: page,
      next: String(from + page.length),
      more: from + page.length < log.length,
    }
    const etag = `"${createHash('sha256').update(JSON.stringify(json)).digest('hex').slice(0, 12)}"`
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
    return { json, headers: { etag } }
  })
  return {
    ...source,
    log,
    /** What came before is not known any more. */
    forget: (before: number) => {
      oldest = before
    },
  }
}
