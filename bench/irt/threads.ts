/**
 * Worker threads for item response theory: sums over people are shared among this thread and its workers on shared
 * memory. `stats` itself starts no threads; this shows how a caller does it.
 */
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import {
  addPart,
  chunkCount,
  type Expectation,
  expectRange,
  missingInformation,
  partOf,
  type RowProblem,
  type ScoreTask,
  type Sharing,
} from '#stats/irt/index.ts'

/** What a worker is told to do. */
export type Order =
  | { readonly kind: 'begin'; readonly problem: RowProblem; readonly part: Expectation }
  | { readonly kind: 'expect'; readonly from: number; readonly to: number; readonly total: Float64Array }
  | {
      readonly kind: 'inform'
      readonly task: Omit<ScoreTask, 'problem'>
      readonly from: number
      readonly to: number
      readonly products: Float64Array
    }

/** Places in the memory by which a worker is woken and says that it is done. */
export const ORDERS = 0
export const DONE = 1

interface Helper {
  readonly worker: Worker
  readonly port: MessagePort
  readonly control: Int32Array
  part: Expectation | undefined
}

const allocate = (bytes: number) => new SharedArrayBuffer(bytes)

/** Threads besides this one; `close` ends them. */
export function threads(count: number): Sharing & { close(): Promise<void> } {
  const helpers = Array.from({ length: count }, (): Helper => {
    const { port1, port2 } = new MessageChannel()
    const control = new Int32Array(allocate(8))
    const file = fileURLToPath(new URL('./worker.ts', import.meta.url))
    const worker = new Worker(file, { workerData: { port: port2, control }, transferList: [port2] })
    return { worker, port: port1, control, part: undefined }
  })
  const send = ({ port, control }: Helper, order: Order): void => {
    port.postMessage(order)
    Atomics.add(control, ORDERS, 1)
    Atomics.notify(control, ORDERS)
  }
  const wait = ({ control }: Helper): void => {
    const orders = Atomics.load(control, ORDERS)
    for (let done = Atomics.load(control, DONE); done < orders; done = Atomics.load(control, DONE)) {
      Atomics.wait(control, DONE, done)
    }
  }
  const range = (chunks: number, share: number): [number, number] => [
    Math.floor((chunks * share) / (count + 1)),
    Math.floor((chunks * (share + 1)) / (count + 1)),
  ]
  return {
    allocate,
    begin(problem) {
      for (const helper of helpers) {
        helper.part = partOf(problem.work, allocate)
        send(helper, { kind: 'begin', problem, part: helper.part })
      }
    },
    expect(work) {
      const totals = helpers.map((helper, k) => {
        const [from, to] = range(chunkCount(work), k + 1)
        const total = new Float64Array(allocate(8))
        send(helper, { kind: 'expect', from, to, total })
        return total
      })
      let sum = expectRange(work, ...range(chunkCount(work), 0))
      helpers.forEach((helper, k) => {
        wait(helper)
        addPart(work, helper.part!)
        sum += totals[k]![0]!
      })
      return sum
    },
    inform({ problem, ...task }) {
      const chunks = chunkCount(problem.work)
      const size = task.free.positions.length
      const parts = helpers.map((helper, k) => {
        const [from, to] = range(chunks, k + 1)
        const products = new Float64Array(allocate(8 * size * size))
        send(helper, { kind: 'inform', task, from, to, products })
        return products
      })
      const products = missingInformation({ problem, ...task }, ...range(chunks, 0))
      helpers.forEach((helper, k) => {
        wait(helper)
        for (let i = 0; i < products.length; i++) products[i]! += parts[k]![i]!
      })
      return products
    },
    async close() {
      await Promise.all(helpers.map(({ worker }) => worker.terminate()))
    },
  }
}
