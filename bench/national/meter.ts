import { loadavg } from 'node:os'
import { childrenOf } from '../../test/serve/serving.ts'
import { secondsOf } from '../test-day-costs.ts'

/**
 * Tells how long each step took: on the clock, of processors by this process and by the database, how loaded the machine was at its
 * end, and memory of this process.
 *
 * @param postmaster  process of the database server
 */
export function meterOf(postmaster: number): (what: string) => void {
  const database = () =>
    secondsOf(postmaster, true) + childrenOf(postmaster).reduce((sum, pid) => sum + secondsOf(pid), 0)
  const read = () => ({ at: performance.now(), own: process.cpuUsage(), database: database() })
  let before = read()
  return (what) => {
    const { user, system } = process.cpuUsage(before.own)
    const used = [
      (performance.now() - before.at) / 1000,
      (user + system) / 1e6,
      Math.max(0, database() - before.database),
    ].map((seconds) => seconds.toFixed(1).padStart(7))
    const now = Math.round(process.memoryUsage().rss / 2 ** 20)
    const most = Math.round(process.resourceUsage().maxRSS / 1024)
    console.log(
      `${what.padEnd(60)} ${used[0]} s; processor ${used[1]} s, database ${used[2]} s; load ${loadavg()[0]!.toFixed(0)}; ${now} MB, at most ${most}`,
    )
    before = read()
  }
}
