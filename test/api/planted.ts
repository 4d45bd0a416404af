import { join } from 'node:path'
import { folderWith } from '../db/folders.ts'

/** A school of a planted country: its name as the register gives it, and how many pupils have results. */
export interface PlantedSchool {
  name: string
  pupils: number
  /** number of the municipality; left out: 1 */
  municipality?: number
  /** points of every pupil, so that they are known again; left out: different ones */
  points?: number
}

/** In the code and name of every planted pupil. Seen anywhere a pupil is not to be named, it is a leak. */
export const sentinel = 'Zīmogvārds'

const columns = [
  'lea',
  'school',
  'school_name',
  'student',
  'name',
  'sex',
  'age_months',
  'alevel_chemistry',
  'gcse_mean',
]

/** A file with these schools and its mapping: for names and numbers a register should never hold. */
export function planted(schools: readonly PlantedSchool[]): { file: string; mapping: string } {
  const lines = schools.flatMap(({ name, pupils, municipality = 1, points }, school) =>
    Array.from({ length: pupils }, (_, pupil) =>
      [
        municipality,
        school + 1,
        `"${name.replaceAll('"', '""')}"`,
        `${sentinel}-${school + 1}-${pupil + 1}`,
        `${sentinel} ${school + 1} ${pupil + 1}`,
        pupil % 2 ? 'F' : 'M',
        pupil % 12,
        2 * (pupil % 6),
        points ?? 4 + (pupil % 5) / 2,
      ].join(','),
    ),
  )
  const name = { column: 'school_name' }
  const folder = folderWith({
    'planted.csv': `${columns.join(',')}\n${lines.join('\n')}\n`,
    'planted.mapping.json': JSON.stringify({
      extends: join(import.meta.dirname, '..', '..', 'samples', 'results.mapping.json'),
      name: 'planted',
      file: { delimiter: ',', encoding: 'utf-8', columns },
      institution: { code: { column: 'school' }, name: { lv: name, en: name } },
      learner: {
        code: { column: 'student' },
        name: { column: 'name' },
        sex: { column: 'sex', values: { M: 'male', F: 'female' } },
      },
    }),
  })
  return { file: join(folder, 'planted.csv'), mapping: join(folder, 'planted.mapping.json') }
}
