import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Sends requests at a stated rate, whether answers come or not, and measures from the moment each was due: a server that
 * falls behind cannot hide it. A process of its own; told what to do by a message, answers with one.
 */
export interface Plan {
  address: string
  requests: { path: string; headers: Record<string, string> }[]
  /** requests a second */
  rate: number
  /** those sent first and not measured */
  warmUp: number
}

export interface Outcome {
  /** ms from due to the last byte, in the order sent */
  times: number[]
  /** how many of each status; 0: no answer */
  statuses: Record<number, number>
  bytes: number
}

process.once('message', async (plan: Plan) => {
  process.send!(await send(plan))
  process.disconnect()
})

async function send({ address, requests, rate, warmUp }: Plan): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const outcome: Outcome = { times: [], statuses: {}, bytes: 0 }
  const started = performance.now()
  const answers = []
  for (const [at, { path, headers }] of requests.entries()) {
    const due = started + (at * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0.5) await sleep(wait)
    answers.push(
      one(`${address}${path}`, headers, agent).then(({ status, bytes }) => {
        if (at < warmUp) return
        outcome.times.push(performance.now() - due)
        outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1
        outcome.bytes += bytes
      }),
    )
  }
  await Promise.all(answers)
  agent.destroy()
  return outcome
}

function one(url: string, headers: Record<string, string>, agent: Agent) {
  return new Promise<{ status: number; bytes: number }>((resolve) => {
    const sent = request(url, { agent, headers }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on('end', () => resolve({ status: answer.statusCode!, bytes }))
      answer.on('error', () => resolve({ status: 0, bytes }))
    })
    sent.on('error', () => resolve({ status: 0, bytes: 0 }))
    sent.end()
  })
}
