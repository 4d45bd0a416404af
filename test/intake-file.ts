import { parseMapping } from '#modules/intake/index.ts'

export const columns = 'municipality,school,code,name,sex,born,year,grade,class,from,to,points'

const column = (name: string, more: object = {}) => ({ column: name, ...more })

/** A mapping of a file with one enrolment and one result a line; parts given here take the place of its own. */
export const mappingOf = (parts: object = {}) =>
  parseMapping({
    name: 'test',
    dataKind: 'made_up',
    file: { columns: columns.split(',') },
    state: { code: 'LV', name: { lv: 'Valsts', en: 'State' }, genitive: 'Valsts', locative: 'Valstī' },
    municipality: {
      code: column('municipality'),
      name: {
        lv: { template: 'Pašvaldība {municipality}' },
        en: { template: 'Municipality {municipality}' },
      },
      genitive: { template: 'Pašvaldības {municipality}' },
      locative: { template: 'Pašvaldībā {municipality}' },
    },
    institution: {
      code: column('school'),
      name: { lv: { template: 'Skola {school}' }, en: { template: 'School {school}' } },
    },
    learner: {
      code: column('code'),
      name: column('name'),
      sex: column('sex', { values: { M: 'male', F: 'female' } }),
      birthMonth: column('born'),
    },
    enrolments: [
      {
        schoolYear: column('year'),
        grade: column('grade'),
        className: column('class'),
        from: column('from'),
        to: column('to'),
      },
    ],
    scales: [{ code: 'points', name: { lv: 'Punkti', en: 'Points' }, minimum: 0, maximum: 100 }],
    assessments: [
      {
        code: 'maths-2026',
        subject: 'maths',
        name: { lv: 'Matemātika', en: 'Mathematics' },
        schoolYear: 2026,
        scale: 'points',
      },
    ],
    results: [{ assessment: 'maths-2026', value: column('points', { optional: true }) }],
    ...parts,
  })

/** A line of such a file; what is not given is ordinary. */
export function line(values: Partial<Record<string, string | number>> = {}): string {
  const ordinary: Record<string, string | number> = {
    municipality: 'A',
    school: '1',
    code: '010110-20001',
    name: 'Anna Bērziņa',
    sex: 'F',
    born: '2010-01',
    year: 2026,
    grade: 9,
    class: '9.a',
    from: '2025-09-01',
    to: '2026-08-31',
    points: 50,
  }
  return columns
    .split(',')
    .map((name) => values[name] ?? ordinary[name])
    .join(',')
}
