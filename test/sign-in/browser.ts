import type { IkmsServer } from '../../src/server.ts'
import { portal } from './service.ts'

/** What a page request came to. */
export interface Shown {
  url: URL
  status: number
  text: string
  headers: Headers
}

let made = 0

/**
 * A browser without a screen: cookies per site, redirects followed one by one. Our own site is answered by the server in process,
 * over TLS as far as it can tell; every other over the network. Each browser has
 * an address of its own.
 */
export function newBrowser(server: Pick<IkmsServer, 'app'>) {
  const jars = new Map<string, Map<string, string>>()
  made += 1
  const address = `10.0.${made >> 8}.${made & 255}`
  const jar = (site: string) => jars.get(site) ?? jars.set(site, new Map()).get(site)!

  async function ask(url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers({ accept: 'text/html', ...(init.headers as Record<string, string>) })
    const cookies = [...jar(url.origin)].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    const isOurs = url.origin === portal
    if (isOurs) {
      headers.set('x-forwarded-proto', 'https')
      headers.set('x-forwarded-for', address)
    }
    const answer = isOurs
      ? await server.app.request(url.href, { ...init, headers })
      : await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(/; */)
      const name = pair.slice(0, pair.indexOf('='))
      const isGone = attributes.some(
        (each) => /^max-age=0$/i.test(each) || /^expires=thu, 01 jan 1970/i.test(each),
      )
      if (isGone) jar(url.origin).delete(name)
      else jar(url.origin).set(name, pair.slice(name.length + 1))
    }
    return answer
  }

  const browser = {
    /** Cookies of a site by name. */
    cookies: (site = portal) => jar(site),
    /** Opens an address and follows where it leads, as far as `until` says (an address is not opened for which it is true). */
    async open(
      address: string,
      { until, ...init }: RequestInit & { until?: (url: URL) => boolean } = {},
    ): Promise<Shown> {
      let url = new URL(address, portal)
      let next = init
      for (let step = 0; step < 20; step += 1) {
        const answer = await ask(url, next)
        const location = answer.headers.get('location')
        if (!location || answer.status < 300 || answer.status > 399) {
          return { url, status: answer.status, text: await answer.text(), headers: answer.headers }
        }
        url = new URL(location, url)
        next = {}
        if (until?.(url)) return { url, status: answer.status, text: '', headers: answer.headers }
      }
      throw new Error(`led in a circle: ${url}`)
    },
    /** Sends a form. */
    send: (address: string, fields: Record<string, string>, more: { until?: (url: URL) => boolean } = {}) =>
      browser.open(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        ...more,
      }),
    /** Begins to sign in with us; ends on the page of the service that asks who one is. */
    begin: (fields: Record<string, string> = {}, more: { until?: (url: URL) => boolean } = {}) =>
      browser.send('/sign-in/begin', { language: 'lv', ...fields }, more),
    /** Says at the service who one is, and agrees there; follows back to us, as far as `until` says. */
    async identify(asked: Shown, name: string, more: { until?: (url: URL) => boolean } = {}): Promise<Shown> {
      const page = await browser.send(asked.url.href, { prompt: 'login', login: name, password: 'any' }, more)
      if (!page.url.pathname.startsWith('/interaction/')) return page
      return browser.send(page.url.href, { prompt: 'consent' }, more)
    },
    /** The whole way in. */
    async signIn(name: string, fields: Record<string, string> = {}): Promise<Shown> {
      return browser.identify(await browser.begin(fields), name)
    },
    /** What the API says. */
    async api<Answer>(path: string, init: RequestInit = {}): Promise<{ status: number; body: Answer }> {
      const answer = await ask(new URL(`/api/v1${path}`, portal), init)
      const text = await answer.text()
      return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answer }
    },
  }
  return browser
}
