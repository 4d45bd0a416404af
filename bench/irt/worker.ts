/** The other side of `threads.ts`: waits for orders, without an event loop, and carries them out. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type Expectation, expectRange, missingInformation, type RowProblem } from '#stats/irt/index.ts'
import { DONE, ORDERS, type Order } from './threads.ts'

const { port, control } = workerData as { port: MessagePort; control: Int32Array }
let problem: RowProblem | undefined
let part: Expectation | undefined

for (let done = 0; ; ) {
  while (Atomics.load(control, ORDERS) === done) Atomics.wait(control, ORDERS, done)
  const order = receiveMessageOnPort(port)?.message as Order
  if (order.kind === 'begin') {
    problem = { ...order.problem, work: order.part }
    part = order.part
  } else if (order.kind === 'expect') order.total[0] = expectRange(part!, order.from, order.to)
  else order.products.set(missingInformation({ problem: problem!, ...order.task }, order.from, order.to))
  done++
  Atomics.store(control, DONE, done)
  Atomics.notify(control, DONE)
}
