/**
 * Makes samples/results.csv: a made-up country of 4 municipalities, 30 schools and about 900 pupils with two results two
 * years apart. Nobody in it exists. The same seed makes the same file: `node samples/make-results.ts`
 */
import { writeFileSync } from 'node:fs'
import { philox } from '#stats/numeric/random.ts'

const seed = 1997
const random = philox(seed)
const SMALL = [5, 14, 22, 27] // schools too small to be shown
const grades = [0, 2, 4, 6, 8, 10] // points of the later test

const schools = Array.from({ length: 30 }, (_, at) => ({
  municipality: 1 + (at < 13 ? 0 : at < 21 ? 1 : at < 27 ? 2 : 3),
  school: at + 1,
  pupils: SMALL.includes(at + 1) ? 3 + random.integer(6) : 18 + random.integer(32),
  start: 0.35 * random.normal(),
  progress: 0.5 * random.normal(),
}))

const lines = ['lea,school,student,sex,age_months,alevel_chemistry,gcse_mean']
let student = 0
for (const { municipality, school, pupils, start, progress } of schools) {
  for (let at = 0; at < pupils; at++) {
    student += 1
    const isGirl = random.uniform() < 0.45
    const months = random.integer(12) - 6
    const ability = start + 0.75 * random.normal() + (isGirl ? 0.12 : 0)
    const earlier = within(0, 8, 6.3 + 0.85 * ability)
    const later = 5.8 + 2.3 * ability + progress + (isGirl ? -0.25 : 0) + 2.3 * random.normal()
    const result = grades[Math.round(within(0, 10, later) / 2)]
    lines.push(
      [municipality, school, student, isGirl ? 'F' : 'M', months, result, Number(earlier.toFixed(3))].join(
        ',',
      ),
    )
  }
}
writeFileSync(new URL('results.csv', import.meta.url), `${lines.join('\n')}\n`)

function within(lowest: number, highest: number, value: number): number {
  return Math.min(highest, Math.max(lowest, value))
}
