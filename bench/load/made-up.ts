import { writeFileSync } from 'node:fs'
import { philox } from '#stats/numeric/random.ts'

const PUPILS = 31_022
const SCHOOLS = 2_410
const MUNICIPALITIES = 131
const seed = 1997

/** A made-up file of the layout of the reference data, and of its size unless told otherwise: many schools, most of them small. */
export function makeResults(file: string, pupils = PUPILS): void {
  const random = philox(seed)
  const share = pupils / PUPILS
  const municipalities = Math.max(1, Math.round(share * MUNICIPALITIES))
  const schools = Array.from({ length: Math.max(1, Math.round(share * SCHOOLS)) }, (_, at) => ({
    municipality: 1 + (at % municipalities),
    weight: Math.exp(0.9 * random.normal()),
    pupils: 1,
  }))
  const total = schools.reduce((sum, { weight }) => sum + weight, 0)
  const more = pupils - schools.length
  let left = more
  for (const school of schools) {
    const added = Math.min(left, Math.round((school.weight / total) * more))
    school.pupils += added
    left -= added
  }
  schools[0]!.pupils += left
  const lines = ['lea,school,student,sex,age_months,alevel_chemistry,gcse_mean']
  let student = 0
  schools.forEach(({ municipality, pupils }, school) => {
    const level = 0.4 * random.normal()
    for (let at = 0; at < pupils; at += 1) {
      student += 1
      const ability = level + random.normal()
      const earlier = Math.round(Math.min(8, Math.max(0, 6.3 + 0.8 * ability)) * 1000) / 1000
      const later = 2 * Math.round(Math.min(5, Math.max(0, 2.9 + 1.2 * ability + random.normal())))
      const sex = random.uniform() < 0.45 ? 'F' : 'M'
      lines.push([municipality, school + 1, student, sex, random.integer(12) - 6, later, earlier].join(','))
    }
  })
  writeFileSync(file, `${lines.join('\n')}\n`)
}
