import type { IncomingMessage } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Limit, limits } from '#http/limits.ts'
import { locales } from '#terms/locale.ts'
import { address } from './web/addresses.ts'

// What comes in by which address: how much, for how long, how often.

const MOST_SENT = 100_000 // bytes; forms and JSON bodies are small
const MOST_PACKAGE = 10_000_000 // bytes of a package of items
const MOST_ROUND_FILE = 18_000_000 // bytes: the file and what a form puts around it
const SENT_WITHIN = 30_000 // ms that a request gets to arrive, unless it brings a file
/** ms that a file may take to arrive */
export const UPLOADED_WITHIN = 2 * 3600_000

/** The two doors by which files come in: they count what arrives themselves, and take as long as it keeps coming. */
const uploadDoors = new Set(['/api/v1/uploads', ...locales.map((locale) => address(locale, 'newImport'))])

/** The doors by which packages of items come in. */
const packageDoors = new Set([
  '/api/v1/item-package',
  ...locales.map((locale) => address(locale, 'itemPackage')),
])

/** The doors by which answers from paper and points given elsewhere come in: the API, and the page of a round. */
const roundFiles = new RegExp(
  `^(/api/v1/rounds/[^/]+/files|${locales.map((locale) => `${address(locale, 'rounds')}/[^/]+`).join('|')})$`,
)

const sittingPages = new RegExp(
  `^/(darbs|${locales.map((locale) => address(locale, 'sitting').slice(1)).join('|')})(/|$)`,
)

/** Pages of a child at work: nobody is signed in there, and they bring a script of ours. */
export function isSittingPage(path: string): boolean {
  return sittingPages.test(path)
}

/** Where pages of other systems begin to show a panel of ours; a whole school stands behind one address there too. */
export function isLaunch(path: string): boolean {
  return path === '/embed/begin' || path === '/embed/launch'
}

/** How often may be written at an address without being signed in: a whole school enters and answers from one address. */
export function writesAt(path: string): { name: string; limit: Limit } | null {
  if (isLaunch(path)) return { name: 'launch', limit: limits.enter }
  if (path === '/api/v1/sittings' || locales.some((locale) => path === address(locale, 'sitting')))
    return { name: 'enter', limit: limits.enter }
  return path.startsWith('/api/v1/sittings/') || isSittingPage(path)
    ? { name: 'answers', limit: limits.answers }
    : null
}

function isUpload(method: string | undefined, path: string): boolean {
  return method === 'POST' && uploadDoors.has(path)
}

/** Refuses what is larger than its door lets in. */
export function bodyLimits(): MiddlewareHandler {
  const small = bodyLimit({ maxSize: MOST_SENT })
  const packed = bodyLimit({ maxSize: MOST_PACKAGE })
  const answered = bodyLimit({ maxSize: MOST_ROUND_FILE })
  return (c, next) => {
    if (isUpload(c.req.method, c.req.path)) return next()
    // They measure what is sent themselves, and write down what was too much.
    if (c.req.path.startsWith('/api/v1/sittings/')) return next()
    if (c.req.method === 'POST' && roundFiles.test(c.req.path)) return answered(c, next)
    return packageDoors.has(c.req.path) ? packed(c, next) : small(c, next)
  }
}

/** Ends a request that does not arrive in time: its sender only keeps a place taken. */
export function endIfLate(incoming: IncomingMessage) {
  if (!mayBeLate(incoming)) return
  const late = setTimeout(() => {
    if (!incoming.complete) incoming.destroy()
  }, SENT_WITHIN)
  incoming.once('close', () => clearTimeout(late))
}

/** Only what carries a body can take long to arrive; what brings a file may. */
function mayBeLate({ method, url = '' }: IncomingMessage): boolean {
  return (
    method !== 'GET' && method !== 'HEAD' && !isUpload(method, url) && !roundFiles.test(url.split('?')[0]!)
  )
}
