import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Metrics of one process, in the text format of Prometheus. Labels hold no addresses and no people. */
export function newMetrics(poolWaiting: () => Record<string, number>) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'ikms_' })
  const requests = new Histogram({
    name: 'ikms_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const cache = new Counter({
    name: 'ikms_page_cache_total',
    help: 'Public pages answered from the cache (hit) or made (miss)',
    labelNames: ['result'],
    registers: [registry],
  })
  new Gauge({
    name: 'ikms_pool_waiting',
    help: 'Requests waiting for a database connection',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const [pool, waiting] of Object.entries(poolWaiting())) this.set({ pool }, waiting)
    },
  })
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  new Gauge({
    name: 'ikms_event_loop_lag_p99_seconds',
    help: 'Longest time the process did not answer, 99th percentile since the last scrape',
    registers: [registry],
    collect() {
      this.set(delay.percentile(99) / 1e9)
      delay.reset()
    },
  })
  return { registry, requests, cache, stop: () => delay.disable() }
}
export type Metrics = ReturnType<typeof newMetrics>
