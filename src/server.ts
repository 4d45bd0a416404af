import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { bodyLimit } from 'hono/body-limit'
import { LRUCache } from 'lru-cache'
import type { ServerBuild } from 'react-router'
import { asActor } from '#db/actor.ts'
import { type Database, openDatabase, type Place } from '#db/connection.ts'
import { type Keys, loadKeys } from '#db/keys.ts'
import { edge, problemAnswers } from '#http/edge.ts'
import { type Log, newLog } from '#http/log.ts'
import { newMetrics } from '#http/metrics.ts'
import { Problem } from '#http/problem.ts'
import { type Api, type Bindings, newApi, type Variables } from '#http/route.ts'
import { securityHeaders } from '#http/security.ts'
import { staticFiles } from '#http/static-files.ts'
import { accessRoutes, callerOf, type Me, sessionCookie } from '#modules/access/index.ts'
import { indicatorsRoutes } from '#modules/indicators/index.ts'
import { intakeRoutes } from '#modules/intake/index.ts'
import { keepPin, publicationsRoutes } from '#modules/publications/index.ts'
import { registryRoutes } from '#modules/registry/index.ts'
import type { Config } from '#terms/config.ts'
import { catalogue } from './catalogue.ts'
import { PORT_TAKEN, placeVariable } from './supervisor.ts'
import { loadPortal, type Portal } from './web/handler.ts'

export interface ServerOptions {
  db: Database
  keys: Keys
  /** The built portal; without it only the API answers. */
  portal?: Portal
  /** Folder of the portal's files for browsers. */
  clientFolder?: string
  log?: Log
}

export interface IkmsServer {
  app: Api
  /** Answers on a port; 0 takes a free one. */
  listen(port: number, host?: string): Promise<{ port: number; server: Server }>
  close(): Promise<void>
}

/** The API with every route, for the server and for the OpenAPI document. */
export function newIkmsApi(parts: { db: Database; keys: Keys; config: () => Config }): Api {
  const api = newApi()
  accessRoutes(api, parts.db)
  registryRoutes(api, parts.keys)
  publicationsRoutes(api, parts.config)
  indicatorsRoutes(api, catalogue)
  intakeRoutes(api)
  api.doc31('/openapi.json', openApiHead)
  return api
}

export const openApiHead = {
  openapi: '3.1.0',
  info: {
    title: 'IKMS API',
    version: '1',
    description:
      'Everything the portal shows, for programs. Figures carry n and a 95 % interval, or the reason why they are absent. There is no order by result.',
  },
  servers: [{ url: '/api/v1' }],
}

/** One web process: database, modules and portal wired to one HTTP service. */
export async function newServer({
  db,
  keys,
  portal,
  clientFolder,
  log = newLog(),
}: ServerOptions): Promise<IkmsServer> {
  const pin = await keepPin(db)
  const metrics = newMetrics(() => ({
    public: db.publicPool.waitingCount,
    app: db.appPool.waitingCount,
    job: db.jobPool.waitingCount,
  }))
  const app = newApi()
  app.onError(problemAnswers(log))
  app.use(
    '*',
    edge({ db, log, metrics, sessionCookie, callerOf, pinned: () => pin.current().data }),
    securityHeaders,
    bodyLimit({
      maxSize: 1_000_000,
      onError: () => {
        throw new Problem('too_large')
      },
    }),
  )
  app.get('/health/live', (c) => c.text('ok'))
  app.get('/health/ready', async (c) => {
    await asActor(db, { tier: 'public', requestId: c.var.requestId }, (tx) => tx.query('select 1'))
    return c.text('ok')
  })
  app.get('/metrics', async (c) =>
    c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  )
  app.route('/api/v1', newIkmsApi({ db, keys, config: () => pin.current().config }))
  app.all('/api/*', () => {
    throw new Problem('not_found')
  })
  if (clientFolder) app.use('*', staticFiles(clientFolder))
  if (portal) app.all('*', (c) => page(c.req.raw, c.var))
  else app.notFound(() => Promise.reject(new Problem('not_found')))

  // Whole pages are kept for the public only, and only where no session cookie came along.
  const pages = new LRUCache<string, { body: string; status: number; headers: [string, string][] }>({
    maxSize: 40_000_000,
    sizeCalculation: (kept) => kept.body.length * 2,
  })

  async function page(request: Request, v: Variables): Promise<Response> {
    const isKept =
      request.method === 'GET' && v.caller.actor.tier === 'public' && !request.headers.has('cookie')
    const { pathname, search } = new URL(request.url)
    const key = `${v.data.version.id} ${pathname}${search} ${pathname === '/' ? v.locale : ''}`
    const kept = isKept ? pages.get(key) : undefined
    if (isKept) metrics.cache.inc({ result: kept ? 'hit' : 'miss' })
    if (kept) return new Response(kept.body, { status: kept.status, headers: kept.headers })
    const bindings: Bindings = { requestId: v.requestId, caller: v.caller, data: v.data }
    const answer = await portal!(request, {
      api: async (path, init) => app.request(`/api/v1${path}`, init, bindings),
      me: v.caller.me as Me,
      config: pin.current().config,
      requestId: v.requestId,
    })
    if (isKept && answer.status === 200) {
      const body = await answer.text()
      const headers = [...answer.headers].filter(([name]) => name !== 'content-length')
      pages.set(key, { body, status: 200, headers })
      return new Response(body, { status: 200, headers })
    }
    return answer
  }

  const servers: Server[] = []
  return {
    app,
    listen: (port, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        const server = createServer(
          { requestTimeout: 30_000, headersTimeout: 15_000, maxHeaderSize: 16_384 },
          getRequestListener(app.fetch),
        )
        servers.push(server)
        server.once('error', reject)
        server.listen(port, host, () => {
          const at = server.address()
          resolve({ port: typeof at === 'object' && at ? at.port : port, server })
        })
      }),
    async close() {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((done) => {
              server.close(() => done())
              server.closeIdleConnections()
              setTimeout(() => server.closeAllConnections(), 3000).unref()
            }),
        ),
      )
      metrics.stop()
      await pin.stop()
    },
  }
}

/** The OpenAPI document of the API, made from the schemas the routes check with. */
export function openApiDocument() {
  const nothing = {} as Database
  const api = newIkmsApi({ db: nothing, keys: { current: '', keys: {} }, config: () => ({}) as Config })
  return api.getOpenAPI31Document(openApiHead)
}

/** As a process of its own: told by the supervisor where the database is. */
async function main() {
  const place = JSON.parse(process.env[placeVariable]!) as Place
  const keys = loadKeys(process.env.IKMS_KEYS!)
  const log = newLog(process.env.IKMS_LOG ?? 'warn')
  const db = await openDatabase({
    place,
    keys,
    log: (message) => log.warn(message),
    applicationName: 'ikms web',
  })
  const server = await newServer({ db, keys, log, ...(await builtPortal()) })
  const stop = async () => {
    await server.close()
    await db.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', () => {}) // the supervisor decides
  process.on('disconnect', stop) // it is gone
  try {
    await server.listen(Number(process.env.PORT), process.env.HOST)
  } catch (error) {
    const taken = (error as { code?: string }).code === 'EADDRINUSE'
    log.error({ code: (error as { code?: string }).code }, 'cannot listen')
    process.exit(taken ? PORT_TAKEN : 1)
  }
}

/** The portal as `react-router build` left it. */
export async function builtPortal(): Promise<{ portal: Portal; clientFolder: string }> {
  const build = join(import.meta.dirname, '..', 'build')
  const server = (await import(join(build, 'server', 'index.js'))) as ServerBuild
  return { portal: loadPortal(server), clientFolder: join(build, 'client') }
}

if (import.meta.main) await main()
