// What a child’s device puts by, so that the work is there when its page is loaded anew without a connection: the page as it came, all
// items, and the files they are drawn with. One child at a time; it goes when the work is over and when another code is entered.

const KEPT = 'ikms-sitting-1' // as in sitting-worker.js
const WORKER = '/sitting-worker.js'
const ANSWERS = 'ikms-sitting-' // … and the id of a participant
const CLOCK = 'ikms-clock'
const SAID = ['content-type', 'content-security-policy', 'x-content-type-options', 'referrer-policy']

/**
 * Puts the work by. Only where the browser has service workers: over TLS, or on the machine itself.
 *
 * @param page    the page as it came, as HTML
 * @param door    address where codes are entered
 * @param all     address of all items
 * @param answer  the answer that brought them
 * @param items   its text
 */
export async function keepWork({ page, door, all, answer, items }) {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register(WORKER, { scope: door })
  const headers = SAID.flatMap((name) => (answer.headers.has(name) ? [[name, answer.headers.get(name)]] : []))
  const cache = await caches.open(KEPT)
  const files = [...document.querySelectorAll('link[href], script[src], [data-places] :is(img, audio)[src]')]
    .map((each) => new URL(each.href || each.src, location.href))
    .filter(({ origin, protocol }) => origin === location.origin && protocol.startsWith('http'))
  // One that is missing spoils nothing: the work can be done without it.
  await Promise.allSettled([...new Set(files.map(({ pathname }) => pathname))].map((path) => cache.add(path)))
  await cache.put(all, new Response(items, { headers }))
  await cache.put(`${door}/kept`, new Response(page, { headers }))
}

/** The work is over here, or another’s begins: nothing of it stays but what the server does not have yet. */
export async function forgetWork() {
  forgetAnswers(null)
  if ('caches' in globalThis) await caches.delete(KEPT)
}

/** Throws away answers of others that are safe at the server; what is not, waits for its own child. */
export function forgetAnswers(participant) {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(ANSWERS) || name === ANSWERS + participant) continue
      const unsent = Object.entries(JSON.parse(localStorage.getItem(name))).filter(
        ([, entry]) => !entry.isSafe,
      )
      if (unsent.length > 0) localStorage.setItem(name, JSON.stringify(Object.fromEntries(unsent)))
      else localStorage.removeItem(name)
    }
    if (participant === null) localStorage.removeItem(CLOCK)
  } catch {
    // Nothing can be kept here, so nothing is there.
  }
}
