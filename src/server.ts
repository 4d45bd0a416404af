import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Context } from 'hono'
import { LRUCache } from 'lru-cache'
import type { ServerBuild } from 'react-router'
import { asActor } from '#db/actor.ts'
import { type Database, openDatabase, type Place } from '#db/connection.ts'
import { type Keys, loadKeys } from '#db/keys.ts'
import { edge } from '#http/edge.ts'
import { hasSame, publicly, tagOf } from '#http/etag.ts'
import { RateLimiter } from '#http/limits.ts'
import { type Log, newLog } from '#http/log.ts'
import { refuseOtherMethods } from '#http/methods.ts'
import { newMetrics } from '#http/metrics.ts'
import { Problem } from '#http/problem.ts'
import { problemAnswers, withoutWords } from '#http/refuse.ts'
import { type Api, type Bindings, type Caller, type Env, newApi, type Variables } from '#http/route.ts'
import { scraper } from '#http/scrape.ts'
import { securityHeaders } from '#http/security.ts'
import type { ShortRoute } from '#http/short-way.ts'
import { staticFiles } from '#http/static-files.ts'
import {
  accessRoutes,
  callerOf,
  type Embedding,
  embeddingSettings,
  launchDoors,
  type Me,
  openProvider,
  type Provider,
  providerSettings,
  sessionCookie,
  signInDoors,
} from '#modules/access/index.ts'
import {
  assessmentRoutes,
  type Drafter,
  learnerResultRoutes,
  outsideDrafter,
  outsideModels,
  outsideSuggester,
  type ResultPage,
  type ResultParts,
  type Suggester,
} from '#modules/assessments/index.ts'
import { checksRoutes } from '#modules/checks/index.ts'
import { classRoutes } from '#modules/classes/index.ts'
import { disclosureRoutes, extractRoutes } from '#modules/disclosure/index.ts'
import { feedsRoutes } from '#modules/feeds/index.ts'
import { growthRoutes } from '#modules/growth/index.ts'
import { indicatorsRoutes } from '#modules/indicators/index.ts'
import { intakeRoutes, type Uploads, uploadSettings } from '#modules/intake/index.ts'
import { jobsRoutes } from '#modules/jobs/index.ts'
import {
  freeTableRoutes,
  keepPin,
  peerRoutes,
  pinOf,
  publicationsRoutes,
  type ReportParts,
  type ReportQuestion,
  releaseRoutes,
  reportRoutes,
  reportSetRoutes,
  seriesRoutes,
  trendRoutes,
} from '#modules/publications/index.ts'
import { boundaryRoutes, registryRoutes, type Sealer, sealer } from '#modules/registry/index.ts'
import { rightsRoutes } from '#modules/rights/index.ts'
import { searchRoutes } from '#modules/search/index.ts'
import { setupRoutes } from '#modules/setup/index.ts'
import { worklistsRoutes } from '#modules/worklists/index.ts'
import type { Locale } from '#terms/locale.ts'
import { catalogue, checks, figures } from './catalogue.ts'
import { bodyLimits, isLaunch, isSittingPage, writesAt } from './doors.ts'
import { listening } from './listening.ts'
import { printedPage } from './printed-page.ts'
import { address } from './web/addresses.ts'
import { loadPortal, type Portal } from './web/handler.ts'
import { subjectName } from './web/indicators/subject-name.ts'
import { portalTexts } from './web/searchable.ts'
import { languages } from './web/text/language.ts'
import { CANNOT_LISTEN, offersDemoVariable, PORT_TAKEN, placeVariable } from './web-process.ts'

export interface ServerOptions {
  db: Database
  keys: Keys
  /** The built portal; without it only the API answers. */
  portal?: Portal
  /** Folder of the portal's files for browsers. */
  clientFolder?: string
  log?: Log
  /** A proxy of the operator stands in front; it says who asks. */
  behindProxy?: boolean
  /** The service that signs people in; without it there are only demo people, on made-up data. */
  provider?: Provider | null
  /** Systems whose pages may show panels of ours; without, nothing can be embedded. */
  embedding?: Embedding | null
  /** The browser that makes PDFs; without it there are none. */
  chromium?: string | null
  /** Where files that are sent wait to be imported; without it none can be sent. */
  uploads?: Uploads | undefined
  /** Somebody's own system: while it is empty, whoever sits at the machine may load a made-up Latvia. */
  offersDemo?: boolean
  /** A model elsewhere that suggests points to markers; without, there is only the shipped suggester. */
  outside?: Suggester | null
  /** A model elsewhere that suggests drafts of items; without, authors ask nobody. */
  drafter?: Drafter | null
}

export interface IkmsServer {
  app: Api
  /** Answers on a port; 0 takes a free one. */
  listen(port: number, host?: string): Promise<{ port: number; server: Server }>
  close(): Promise<void>
}

/** The API with every route, for the server and for the OpenAPI document. */
function newIkmsApi(parts: {
  db: Database
  keys: Keys
  identity: Sealer
  hasProvider: boolean
  chromium: string | null
  uploads: Uploads | undefined
  offersDemo: boolean
  outside: Suggester | null
  drafter: Drafter | null
  print: ReportParts['print']
  printResult: ResultParts['print']
}): { api: Api; short: ShortRoute[] } {
  const { keys } = parts
  const api = newApi()
  accessRoutes(api, parts)
  registryRoutes(api, keys)
  boundaryRoutes(api)
  searchRoutes(api, { db: parts.db, portal: portalTexts })
  publicationsRoutes(api)
  releaseRoutes(api)
  seriesRoutes(api)
  trendRoutes(api)
  peerRoutes(api)
  freeTableRoutes(api)
  reportRoutes(api, {
    print: parts.print,
    subjectName: (subject, locale) => subjectName(languages[locale], subject, undefined) ?? subject,
  })
  reportSetRoutes(api, parts.print !== null)
  disclosureRoutes(api)
  extractRoutes(api)
  indicatorsRoutes(api, catalogue)
  intakeRoutes(api, parts)
  checksRoutes(api, { checks, figures, open: (secret, sealed) => sealer(keys).open(secret, sealed) })
  worklistsRoutes(api, { checks })
  classRoutes(api)
  growthRoutes(api)
  jobsRoutes(api)
  feedsRoutes(api)
  setupRoutes(api, parts)
  rightsRoutes(api, keys, parts.chromium)
  const short = assessmentRoutes(api, parts)
  learnerResultRoutes(api, keys)
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'Set by POST /session. Writes also send the csrf of GET /me as x-csrf.',
  })
  const document = api.getOpenAPI31Document(openApiHead)
  api.get('/openapi.json', (c) => c.json(document))
  refuseOtherMethods(api)
  return { api, short }
}

const openApiHead = {
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
  behindProxy = false,
  provider = null,
  embedding = null,
  chromium = null,
  uploads,
  offersDemo = false,
  outside = null,
  drafter = null,
}: ServerOptions): Promise<IkmsServer> {
  const identity = sealer(keys)
  const pin = await keepPin(db)
  const metrics = newMetrics(() => ({
    public: db.publicPool.waitingCount,
    app: db.appPool.waitingCount,
    job: db.jobPool.waitingCount,
  }))
  const app = newApi()
  app.onError(problemAnswers(log))
  const pinned = () => pin.current().data
  const limiter = new RateLimiter()
  const formTargets = () => provider?.origins() ?? []
  app.use(
    '*',
    securityHeaders(formTargets, isSittingPage),
    edge({
      db,
      log,
      metrics,
      sessionCookie,
      callerOf: (of, token, requestId) => callerOf(of, identity, token, requestId),
      pinned,
      limiter,
      behindProxy,
      writesAt,
      postedFromElsewhere: isLaunch,
    }),
    bodyLimits(),
  )
  app.get('/health/live', (c) => c.text('ok'))
  app.get('/health/ready', async (c) => {
    await asActor(db, { tier: 'public', requestId: c.var.requestId }, (tx) => tx.query('select 1'))
    return c.text('ok')
  })
  const scrape = scraper(metrics.registry)
  app.get('/metrics', async (c) =>
    c.text(await scrape(), 200, { 'content-type': metrics.registry.contentType }),
  )
  const hasProvider = provider !== null
  const api = {
    db,
    keys,
    identity,
    hasProvider,
    chromium,
    uploads,
    offersDemo: offersDemo && !hasProvider,
    outside,
    drafter,
  }
  const prints = portal && clientFolder && chromium
  const ikms = newIkmsApi({
    ...api,
    print: prints ? print : null,
    printResult: prints ? printResult : null,
  })
  app.route('/api/v1', ikms.api)
  app.all('/api/*', () => {
    throw new Problem('not_found')
  })
  if (provider) {
    const pages = {
      home: (locale: Locale) => address(locale, 'home'),
      begin: (locale: Locale) => address(locale, 'myWork'),
      failed: (locale: Locale, why: string) => `${address(locale, 'signInFailed')}?why=${why}`,
    }
    app.route('/sign-in', signInDoors({ db, keys, identity, provider, log, pages }))
  }
  if (embedding && portal) {
    const panel = (c: Context<Env>, caller: Caller, path: string, given: Record<string, string>) => {
      const url = new URL(path, 'http://localhost')
      for (const [name, value] of Object.entries(given)) url.searchParams.set(name, value)
      return draw(new Request(url), { ...c.var, caller })
    }
    app.route(
      '/embed',
      launchDoors({
        db,
        keys,
        identity,
        embedding,
        log,
        draw: (c, caller, path, hosts) => panel(c, caller, path, { hosts: hosts.join(' ') }),
        async refuse(c, locale, why, hosts) {
          const page = await panel(c, c.var.caller, `/embed/${locale}`, { why, hosts: hosts.join(' ') })
          return new Response(page.body, { status: 403, headers: page.headers })
        },
      }),
    )
  }
  // Panels are drawn for a launch only, whatever the portal could draw.
  app.all('/embed/*', () => {
    throw new Problem('not_found')
  })
  if (clientFolder) app.use('*', staticFiles(clientFolder))
  if (portal) app.all('*', (c) => page(c.req.raw, c.var))
  else app.notFound(() => Promise.reject(new Problem('not_found')))

  // Whole pages are kept for the public only, and only where no session cookie came along.
  const pages = new LRUCache<string, { body: string; tag: string; headers: [string, string][] }>({
    maxSize: 30_000_000, // bytes
    sizeCalculation: (kept) => kept.body.length * 2,
  })

  async function page(request: Request, v: Variables): Promise<Response> {
    const isKept =
      request.method === 'GET' && v.caller.actor.tier === 'public' && !request.headers.has('cookie')
    if (!isKept) return draw(request, v)
    const { pathname, search } = new URL(request.url)
    const key = `${v.data.version.id} ${pathname}${search}`
    let kept = pages.get(key)
    metrics.cache.inc({ result: kept ? 'hit' : 'miss' })
    if (!kept) {
      const answer = await draw(request, v)
      if (answer.status !== 200 || answer.headers.get('cache-control') === 'no-store') return answer
      const body = await answer.text()
      const tag = tagOf([body])
      answer.headers.set('etag', tag)
      answer.headers.set('cache-control', publicly)
      kept = { body, tag, headers: [...answer.headers].filter(([name]) => name !== 'content-length') }
      pages.set(key, kept)
    }
    const isSame = hasSame(request.headers.get('if-none-match') ?? undefined, kept.tag)
    return new Response(isSame ? null : kept.body, { status: isSame ? 304 : 200, headers: kept.headers })
  }

  function draw(request: Request, v: Variables): Promise<Response> {
    const { requestId, caller, data, isLocal } = v
    const bindings: Bindings = { requestId, caller, data, isLocal }
    return portal!(request, {
      api: async (path, init) => app.request(`/api/v1${path}`, init, bindings),
      me: v.caller.me as Me,
      config: pinOf(v.data).config,
      requestId: v.requestId,
    })
  }

  /** The page of a report, drawn for the caller and printed. */
  async function print(v: Variables, { unit, year, figures, language }: ReportQuestion) {
    return printed(v, `${address(language, 'report', { id: unit, year })}?figures=${figures}`)
  }

  /** A page of results, drawn for the caller and printed. */
  function printResult(v: Variables, { page, ...params }: ResultPage, language: Locale) {
    return printed(v, address(language, page, params))
  }

  async function printed(v: Variables, path: string) {
    const page = await draw(new Request(new URL(path, 'http://localhost')), v)
    if (page.status !== 200) throw new Problem(page.status === 404 ? 'not_found' : 'no_pdf')
    return printedPage(await page.text(), { clientFolder: clientFolder!, chromium: chromium! })
  }

  const sockets = listening(app, {
    routes: ikms.short,
    log,
    metrics,
    limiter,
    sessionCookie,
    behindProxy,
    writesAt,
    formTargets,
  })
  return {
    app,
    listen: sockets.listen,
    async close() {
      await sockets.stop()
      pin.stop()
    },
  }
}

/** The OpenAPI document of the API, made from the schemas the routes check with. */
export function openApiDocument() {
  const nothing = {} as Database
  const { api } = newIkmsApi({
    db: nothing,
    keys: { current: '', keys: {} },
    identity: {} as Sealer,
    hasProvider: false,
    chromium: null,
    uploads: undefined,
    offersDemo: false,
    outside: null,
    drafter: null,
    print: null,
    printResult: null,
  })
  return api.getOpenAPI31Document(openApiHead)
}

/** As a process of its own: told by the supervisor where the database is. */
async function main() {
  const place = JSON.parse(process.env[placeVariable]!) as Place
  process.on('SIGINT', () => {}) // the supervisor decides, also while we are starting
  const keys = loadKeys(process.env.IKMS_KEYS!)
  const log = newLog(process.env.IKMS_LOG ?? 'warn')
  const db = await openDatabase({
    place,
    keys,
    log: (message) => log.warn(message),
    applicationName: 'ikms web',
  })
  const behindProxy = process.env.IKMS_PROXY === '1'
  const signIn = providerSettings(process.env)
  const provider = signIn && openProvider(signIn)
  provider?.prepare()
  const uploads = uploadSettings(process.env)
  const chromium = process.env.IKMS_CHROMIUM || null
  const models = outsideModels(process.env)
  const server = await newServer({
    db,
    keys,
    log,
    behindProxy,
    provider,
    embedding: embeddingSettings(process.env),
    chromium,
    uploads,
    offersDemo: process.env[offersDemoVariable] === '1',
    outside: models.points && outsideSuggester(models.points),
    drafter: models.items && outsideDrafter(models.items),
    ...(await builtPortal()),
  })
  process.on('SIGTERM', async () => {
    await server.close()
    await db.close()
    process.exit(0)
  })
  try {
    await server.listen(Number(process.env.PORT), process.env.HOST)
  } catch (error) {
    const { code } = error as { code?: string }
    log.error({ code }, 'cannot listen')
    process.exit(code === 'EADDRINUSE' ? PORT_TAKEN : CANNOT_LISTEN)
  }
}

/** The portal as `react-router build` left it. */
export async function builtPortal(): Promise<{ portal: Portal; clientFolder: string }> {
  const build = join(import.meta.dirname, '..', 'build')
  const server = (await import(join(build, 'server', 'index.js'))) as ServerBuild
  return { portal: loadPortal(server), clientFolder: join(build, 'client') }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    // Most often the database is away, or just coming back: the supervisor tries again.
    newLog().error(withoutWords(error), 'cannot start')
    process.exit(1)
  })
}
