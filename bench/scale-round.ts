/**
 * Speed of scaling one domain and grade: `node bench/scale-round.ts`. 20,000 pupils of 600 schools, four forms of 40 items in a
 * matrix of 100, from a seed; with errors, plausible values and the report, without the database. Budget: 10 s.
 */
import { reportOf } from '../src/modules/assessments/scaling/report.ts'
import { scaleData } from '../src/modules/assessments/scaling/scale-data.ts'
import { usualSettings } from '../src/modules/assessments/scaling/settings.ts'
import { madeUpRound } from '../test/assessments/made-up-round.ts'

const pupils = 20_000
const { data } = madeUpRound({ seed: 2026, pupils, schools: 600, items: 100, perForm: 40, forms: 4 })
for (let run = 0; run < 3; run++) {
  const began = performance.now()
  const work = process.cpuUsage()
  const busy = () => {
    const { user, system } = process.cpuUsage(work)
    return ((user + system) / 1e6).toFixed(2)
  }
  const marks: string[] = []
  const scaled = await scaleData(data, {
    seed: 1,
    settings: usualSettings,
    earlier: [],
    droppedItems: new Set(),
    droppedAnchors: new Set(),
    standards: [],
    onStep: (done) => {
      marks.push(`${done} at ${busy()}`)
    },
  })
  const report = reportOf(data, scaled, {
    expected: pupils,
    choices: [],
    isOmitted: () => false,
    mastery: 0.67,
  })
  const most = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `${((performance.now() - began) / 1000).toFixed(2)} s, ${busy()} s of the processor (${marks.join(', ')}), ${most} MB; ` +
      `${report.flags.length} flags, mean ${report.mean}`,
  )
}
