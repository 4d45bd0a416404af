import cluster from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'
import { Problem } from './problem.ts'

/**
 * Metrics of all web processes together. A scrape reaches one of them by chance, so that one asks the supervisor, who
 * asks all; a web process on its own answers for itself.
 */
interface Question {
  ikms: 'scrape'
  id: number
  /** in the answer only */
  text?: string
}

const PATIENCE = 6000 // ms; a web process that dies meanwhile is given up after 5 s

/** In a web process: how its `/metrics` is answered. */
export function scraper(own: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => own.metrics()
  AggregatorRegistry.setRegistries(own)
  new AggregatorRegistry() // hears the supervisor's questions from now on
  const waiting = new Map<number, (text: string) => void>()
  let last = 0
  process.on('message', (message: unknown) => {
    if (!isQuestion(message)) return
    waiting.get(message.id)?.(message.text ?? '')
    waiting.delete(message.id)
  })
  return () =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, resolve)
      process.send!({ ikms: 'scrape', id } satisfies Question)
      setTimeout(() => waiting.delete(id) && reject(new Problem('busy', { retryAfter: 5 })), PATIENCE).unref()
    })
}

/** In the supervisor: answers its web processes with the metrics of all of them and its own. */
export function answerScrapes(own: Registry): void {
  const all = new AggregatorRegistry()
  cluster.on('message', async (worker, message: unknown) => {
    if (!isQuestion(message)) return
    const ofAll = await all.clusterMetrics().catch(() => '')
    if (!worker.isConnected()) return
    worker.send({ ...message, text: `${ofAll}\n${await own.metrics()}` } satisfies Question)
  })
}

function isQuestion(message: unknown): message is Question {
  return typeof message === 'object' && message !== null && 'ikms' in message && message.ikms === 'scrape'
}
