import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DraftedItem } from '#modules/assessments/model.ts'
import { afterFile } from '../after-file.ts'

/** What a model does with a request; by default it answers with `reply`. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

/** A model elsewhere, real on a port of this machine: it keeps what it was sent and does as it was told. */
export async function openModelElsewhere() {
  const sent: { url: string; headers: IncomingMessage['headers']; body: string }[] = []
  const told: { does: Behaviour } = { does: (_, response) => response.end('{}') }
  const server = createServer(async (request, response) => {
    // A connection is used once: none that is just being closed is taken for the next question.
    response.shouldKeepAlive = false
    let body = ''
    for await (const chunk of request) body += chunk
    sent.push({ url: request.url!, headers: request.headers, body })
    told.does(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterFile(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    sent,
    place: { address: `http://${host}/items`, hosts: [host] },
    does(behaviour: Behaviour) {
      told.does = behaviour
    },
    answers(body: unknown, status = 200, headers: Record<string, string> = {}) {
      told.does = (_, response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(typeof body === 'string' ? body : JSON.stringify(body))
      }
    },
  }
}

/** A draft in order: one question with three choices. */
export function draftOf(title = 'Trīs ceturtdaļas'): DraftedItem {
  const text = (words: string) => [{ kind: 'text' as const, text: words }]
  return {
    accessibility: 'Nekas nav jāpielāgo.',
    texts: [
      {
        language: 'lv',
        title,
        stimulus: null,
        catalog: [],
        body: [
          { kind: 'paragraph', content: text('Toms apēda ceturto daļu no divpadsmit plūmēm.'), card: null },
          {
            kind: 'choice',
            response: 'R1',
            prompt: text('Cik plūmju palika?'),
            choices: ['3', '9', '8'].map((each, at) => ({ id: `c${at + 1}`, content: text(each) })),
            shuffle: false,
            least: 0,
            most: 1,
          },
        ],
        keys: { R1: { kind: 'choice', rule: 'all', correct: ['c2'], points: 1 } },
      },
    ],
  }
}
