import { loadavg } from 'node:os'
import { childrenOf } from '../../test/serve/serving.ts'
import { secondsOf } from '../test-day-costs.ts'

/**
 * Tells how long each step took: on the clock, of processors by this process, the database and a browser, how loaded the machine was at its
 * end, and memory of this process.
 *
 * @param postmaster  process of the database server
 */
export function meterOf(postmaster: number): (what: string) => void {
  const whole = (pid: number): number =>
    secondsOf(pid, true) + childrenOf(pid).reduce((sum, child) => sum + whole(child), 0)
  const browser = () =>
    childrenOf(process.pid).reduce((sum, pid) => sum + (pid === postmaster ? 0 : whole(pid)), 0)
  const read = () => ({
    at: performance.now(),
    own: process.cpuUsage(),
    database: whole(postmaster),
    browser: browser(),
  })
  let before = read()
  return (what) => {
    const { user, system } = process.cpuUsage(before.own)
    const after = read()
    const used = [
      (after.at - before.at) / 1000,
      (user + system) / 1e6,
      Math.max(0, after.database - before.database),
      Math.max(0, after.browser - before.browser),
    ].map((seconds) => seconds.toFixed(1).padStart(7))
    const now = Math.round(process.memoryUsage().rss / 2 ** 20)
    const most = Math.round(process.resourceUsage().maxRSS / 1024)
    console.log(
      `${what.padEnd(60)} ${used[0]} s; processor ${used[1]} s, database ${used[2]} s, browser ${used[3]} s; load ${loadavg()[0]!.toFixed(0)}; ${now} MB, at most ${most}`,
    )
    before = after
  }
}
