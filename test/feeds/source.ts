import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterFile } from '../after-file.ts'

/** What a source does wrong with one request. */
export type Fault =
  | 'cut' // the connection breaks in the middle of the answer
  | 'half' // the answer ends in the middle, as if it were whole
  | 'late' // it never ends
  | { status: number; headers?: Record<string, string> }
  | { says: unknown } // something else than agreed

export type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }

/** A real HTTP server of some source, with the faults that were asked for, one a request. */
export async function newSource(answer: (url: URL, request: IncomingMessage, body: string) => Answer) {
  const faults: (Fault | null)[] = []
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://source')
    asked.push(`${request.method} ${url.pathname}${url.search}`)
    let body = ''
    for await (const piece of request) body += piece
    const fault = faults.shift()
    try {
      give(response, fault, answer(url, request, body))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterFile(() => close(server))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** faults of the next requests, in order */
    faults,
    /** what was asked so far */
    asked,
    close: () => close(server),
  }
}

function close(server: Server) {
  server.closeAllConnections()
  server.close()
}

function give(response: ServerResponse, fault: Fault | null | undefined, answer: Answer) {
  const { status = 200, headers = {}, json, text = json === undefined ? '' : JSON.stringify(json) } = answer
  const type = { 'content-type': json === undefined ? 'text/plain' : 'application/json' }
  if (fault === 'late') {
    response.writeHead(200, type).write('{"as')
  } else if (fault === 'cut') {
    response.writeHead(200, { ...type, 'content-length': Buffer.byteLength(text) + 10 })
    response.write(`{${text.slice(0, text.length >> 1)}`, () => response.destroy())
  } else if (fault === 'half') {
    response.writeHead(200, type).end(text.slice(0, text.length >> 1))
  } else if (fault && 'status' in fault) {
    response.writeHead(fault.status, fault.headers).end('{}')
  } else if (fault) {
    response.writeHead(200, type).end(JSON.stringify(fault.says))
  } else {
    response.writeHead(status, { ...type, ...headers }).end(status === 304 ? undefined : text)
  }
}
