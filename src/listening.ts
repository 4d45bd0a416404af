import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Api } from '#http/route.ts'
import { type ShortWayParts, shortWay } from '#http/short-way.ts'
import { endIfLate, UPLOADED_WITHIN } from './doors.ts'

/** Time that answers under way get when a process ends. */
const ENDING = 3000 // ms

/** The sockets of one web process: what a whole country asks at once goes the short way, the rest through every layer. */
export function listening(app: Api, parts: Omit<ShortWayParts, 'long'>) {
  const servers: Server[] = []
  const answer = getRequestListener(app.fetch)
  const short = shortWay({ ...parts, long })

  function long(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer) {
    const { method, url, headers } = incoming
    const again = new Request(`http://${headers.host}${url}`, {
      method: method!,
      headers: Object.entries(headers) as [string, string][], // of those that may stand there, none more than once
      body: new Uint8Array(body),
    })
    void getRequestListener((_, env) => app.fetch(again, env))(incoming, outgoing)
  }

  return {
    listen: (port: number, host = '127.0.0.1') =>
      new Promise<{ port: number; server: Server }>((resolve, reject) => {
        const server = createServer(
          // A connection that is kept outlives the pause of any proxy before us, so that none is closed under a request.
          {
            requestTimeout: UPLOADED_WITHIN,
            headersTimeout: 15_000,
            keepAliveTimeout: 75_000,
            maxHeaderSize: 16_384,
          },
          (incoming, outgoing) => {
            endIfLate(incoming)
            if (!short(incoming, outgoing)) return answer(incoming, outgoing)
          },
        )
        servers.push(server)
        server.once('error', reject)
        server.listen(port, host, () => {
          const at = server.address()
          resolve({ port: typeof at === 'object' && at ? at.port : port, server })
        })
      }),
    async stop() {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((done) => {
              server.close(() => done())
              server.closeIdleConnections()
              setTimeout(() => server.closeAllConnections(), ENDING).unref()
            }),
        ),
      )
    },
  }
}
