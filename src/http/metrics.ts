import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * Metrics of one web process, in the text format of Prometheus. Labels hold no addresses and no people. How long the
 * process did not answer at a time is among the default ones (`ikms_nodejs_eventloop_lag_…`).
 */
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
  return { registry, requests, cache }
}
export type Metrics = ReturnType<typeof newMetrics>
