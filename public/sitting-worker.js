// A child’s work, there also when its page is loaded anew without a connection. It works for the pages of the test day only, keeps what
// the page itself has put by (islands/sitting-kept.js), and asks the server first every time. It knows no keys and no answers of its own.

const KEPT = 'ikms-sitting-1' // a new number where what is kept changes its form; others are thrown away
const PATIENCE = 6_000 // ms for the server where something is kept
const door = new URL(self.registration.scope).pathname
let forgetting = Promise.resolve()

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  if (request.mode !== 'navigate') {
    if (request.method === 'GET' && isPart(pathname)) event.respondWith(ask(request, pathname))
    return
  }
  // A scope is the beginning of an address: /lv/darbsX would be in it.
  if (pathname !== door && !pathname.startsWith(`${door}/`)) return
  if (request.method === 'GET') event.respondWith(ask(request, `${door}/kept`))
  // A new code is another child: nothing of the one before may come back, whatever the connection does.
  else if (pathname === door) event.waitUntil(forget())
})

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith('ikms-sitting-') && name !== KEPT) await caches.delete(name)
  }
  await self.clients.claim()
}

/** Items, and what a page is drawn with; never an answer on its way, a sign of life or anything else. */
function isPart(path) {
  return (
    path.startsWith(`${door}/`) ||
    /^\/(assets|islands)\//.test(path) ||
    /^\/api\/v1\/sittings\/current\/items\/\d+\/media\//.test(path)
  )
}

/** The server’s answer; what is kept where the server is not reached, takes too long or fails. */
async function ask(request, name) {
  const asked = fetch(request)
  asked.catch(() => {}) // it may fail after something else was shown
  try {
    const answer = await Promise.race([asked, tooLong()])
    if (answer.status >= 500) return (await kept(name)) ?? answer
    // The door is shown to whoever has no work under way here.
    if (request.mode === 'navigate' && answer.ok && new URL(request.url).pathname === door) await forget()
    return answer
  } catch {
    return (await kept(name)) ?? asked
  }
}

function tooLong() {
  return new Promise((_, refuse) => setTimeout(() => refuse(new Error('too long')), PATIENCE))
}

async function kept(name) {
  await forgetting
  const cache = await caches.open(KEPT)
  return cache.match(name, { ignoreVary: true })
}

function forget() {
  forgetting = caches.delete(KEPT)
  return forgetting
}
