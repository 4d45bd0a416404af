import type { Content } from '../read/content.ts'
import { FileFault } from '../read/file-fault.ts'
import { converted, eachRow, type Row } from './csv.ts'
import { type Known, readKnown, yearOf } from './known.ts'

/** Files of OneRoster 1.2 that are understood; the others say nothing the register keeps. */
export const oneRosterFiles = [
  ...[
    'manifest',
    'orgs',
    'academicSessions',
    'classes',
    'users',
    'roles',
    'demographics',
    'enrollments',
    'lineItems',
    'results',
  ],
  ...[
    'categories',
    'courses',
    'resources',
    'classResources',
    'courseResources',
    'userProfiles',
    'userResources',
    'scoreScales',
  ],
  ...[
    'lineItemLearningObjectiveIds',
    'lineItemScoreScales',
    'resultLearningObjectiveIds',
    'resultScoreScales',
  ],
].map((name) => `${name}.csv`)

/** Territories and schools of a OneRoster package by their type. */
const territoryKinds: Partial<Record<string, string>> = {
  district: 'municipality',
  local: 'municipality',
  state: 'region',
}

/**
 * A OneRoster 1.2 package (https://www.imsglobal.org/spec/oneroster/v1p2/bind/csv), bulk or delta, as files of the contract. Lines keep
 * their numbers; what is `tobedeleted` becomes a deletion.
 *
 * @param files  by name
 * @returns      files of the contract by name; each is called as the file it is made from
 * @throws       FileFault when a file that others are understood by cannot be read
 */
export async function fromOneRoster(files: ReadonlyMap<string, Content>): Promise<Map<string, Content>> {
  await checkVersion(files.get('manifest.csv'))
  const known = await readKnown(files)
  const made = new Map<string, Content>()
  for (const { from, required, to, columns, key, tell } of rules(known)) {
    const content = files.get(`${from}.csv`)
    if (!content) continue
    const isGone = (row: Row) => row('status') === 'tobedeleted'
    made.set(
      `${to}.csv`,
      converted(content, ['sourcedId', ...required], columns, (row) => (isGone(row) ? null : tell(row))),
    )
    if (!key) continue
    const places = key.map((name) => columns.indexOf(name))
    const keyIn = (row: Row) => {
      const told = tell(row)
      return told && places.map((at) => told[at]!)
    }
    const stands = await madeAnew(content, ['sourcedId', ...required], isGone, keyIn)
    made.set(
      `${to}.deleted.csv`,
      converted(content, ['sourcedId', ...required], key, (row) => {
        const told = isGone(row) ? keyIn(row) : null
        if (!told || stands.has(told.join('\0'))) return null
        stands.add(told.join('\0')) // two that were one here are gone once
        return told
      }),
    )
  }
  return made
}

/**
 * Keys of what is gone under one id and stands under another: here it is one and the same, known by whose and where it is, and so it stays.
 */
async function madeAnew(
  content: Content,
  required: readonly string[],
  isGone: (row: Row) => boolean,
  keyIn: (row: Row) => readonly string[] | null,
): Promise<Set<string>> {
  const gone = new Set<string>()
  const of = (row: Row) => keyIn(row)?.join('\0') ?? ''
  await eachRow(content, required, (row) => {
    if (isGone(row)) gone.add(of(row))
  })
  const stands = new Set<string>()
  if (gone.size === 0) return stands
  await eachRow(content, required, (row) => {
    if (!isGone(row) && gone.has(of(row))) stands.add(of(row))
  })
  stands.delete('')
  return stands
}

async function checkVersion(manifest: Content | undefined) {
  let found = ''
  await eachRow(manifest, ['propertyName', 'value'], (row) => {
    if (row('propertyName') === 'oneroster.version') found = row('value')
  })
  if (found !== '1.2') throw new FileFault('oneroster.version', 1, { found: found || '–' })
}

interface RuleOf {
  from: string
  required: readonly string[]
  /** entity of the contract */
  to: string
  columns: readonly string[]
  /** columns of a deletion; left out: nothing is deleted */
  key?: readonly string[]
  /** values of the columns; null where the line is about something else */
  tell(row: Row): readonly string[] | null
}

function rules(known: Known): RuleOf[] {
  const code = (org: string) => known.orgs.get(org)?.code ?? org
  return [
    {
      from: 'orgs',
      required: ['name', 'type'],
      to: 'territories',
      columns: ['code', 'kind', 'parent_code', 'name_lv', 'name_en'],
      tell(row) {
        const kind = territoryKinds[row('type')]
        if (!kind) return null
        const above = known.orgs.get(row('parentSourcedId'))
        const parent = above && territoryKinds[above.type] ? above.code : ''
        return [code(row('sourcedId')), kind, parent, row('name'), row('name')]
      },
    },
    {
      from: 'orgs',
      required: ['name', 'type', 'parentSourcedId'],
      to: 'institutions',
      columns: ['reg_number', 'kind', 'name_lv', 'name_en', 'legal_atvk'],
      key: ['reg_number'],
      tell: (row) =>
        row('type') === 'school'
          ? [code(row('sourcedId')), 'school', row('name'), row('name'), code(row('parentSourcedId'))]
          : null,
    },
    {
      from: 'classes',
      required: ['title', 'grades', 'classType', 'schoolSourcedId', 'termSourcedIds'],
      to: 'class_groups',
      columns: ['class_id', 'reg_number', 'school_year', 'grade', 'name'],
      key: ['class_id'],
      tell(row) {
        if (row('classType') !== 'homeroom') return null
        const year = yearOf(row('termSourcedIds'), known.years)
        const name = row('classCode') || row('title')
        return [row('sourcedId'), code(row('schoolSourcedId')), year, gradeOf(row('grades')), name]
      },
    },
    {
      from: 'users',
      required: ['givenName', 'familyName'],
      to: 'learners',
      columns: ['learner_uid', 'name', 'birth_month', 'sex', 'previous_uid'],
      key: ['learner_uid'],
      tell(row) {
        const id = row('sourcedId')
        if (!known.students.has(id)) return null
        const { sex = 'unknown', born = '' } = known.people.get(id) ?? {}
        const own = row('identifier')
        // Other files name a user by sourcedId only: the register knows the learner by both.
        return [own || id, nameOf(row), born, sex, own ? id : '']
      },
    },
    {
      from: 'users',
      required: ['givenName', 'familyName'],
      to: 'staff',
      columns: ['staff_uid', 'name', 'birth_year', 'sex'],
      key: ['staff_uid'],
      tell(row) {
        const id = row('sourcedId')
        if (!known.staff.has(id)) return null
        const { sex = 'unknown', born = '' } = known.people.get(id) ?? {}
        return [row('identifier') || id, nameOf(row), born.slice(0, 4), sex]
      },
    },
    {
      from: 'enrollments',
      required: ['classSourcedId', 'userSourcedId', 'role'],
      to: 'enrolments',
      columns: ['enrolment_id', 'learner_uid', 'class_id', 'from', 'to'],
      key: ['learner_uid', 'class_id'],
      tell(row) {
        const inClass = row('classSourcedId')
        if (row('role') !== 'student' || known.classes.get(inClass)?.isHomeroom === false) return null
        return [row('sourcedId'), row('userSourcedId'), inClass, row('beginDate'), dayBefore(row('endDate'))]
      },
    },
    {
      from: 'lineItems',
      required: ['title', 'classSourcedId', 'resultValueMin', 'resultValueMax'],
      to: 'scales',
      columns: ['code', 'name_lv', 'name_en', 'minimum', 'maximum'],
      tell: onceEach((row) => {
        const [minimum, maximum] = [row('resultValueMin'), row('resultValueMax')]
        const name = `${minimum}–${maximum}`
        return [scaleOf(row), name, name, minimum, maximum]
      }),
    },
    {
      from: 'lineItems',
      required: ['title', 'classSourcedId', 'resultValueMin', 'resultValueMax'],
      to: 'assessments',
      columns: ['code', 'subject', 'name_lv', 'name_en', 'school_year', 'held_on', 'scale'],
      tell(row) {
        const { year = '' } = known.lineItems.get(row('sourcedId')) ?? {}
        const [title, held] = [row('title'), row('dueDate').slice(0, 10)]
        return [row('sourcedId'), 'oneroster', title, title, year, held, scaleOf(row)]
      },
    },
    {
      from: 'results',
      required: ['lineItemSourcedId', 'studentSourcedId', 'scoreStatus', 'score'],
      to: 'results',
      columns: ['learner_uid', 'assessment', 'reg_number', 'value', 'status'],
      key: ['learner_uid', 'assessment'],
      tell(row) {
        const status = statuses[row('scoreStatus')]
        const isGone = row('status') === 'tobedeleted'
        if (!isGone && (!status || row('score') === '')) return null
        const { school = '' } = known.lineItems.get(row('lineItemSourcedId')) ?? {}
        return [row('studentSourcedId'), row('lineItemSourcedId'), code(school), row('score'), status ?? '']
      },
    },
  ]
}

const statuses: Partial<Record<string, string>> = {
  'fully graded': 'official',
  'partially graded': 'preliminary',
}

const nameOf = (row: Row) =>
  [row('givenName'), row('middleName'), row('familyName')].filter(Boolean).join(' ')

const scaleOf = (row: Row) => `oneroster ${row('resultValueMin')} ${row('resultValueMax')}`

/** CEDS codes of grades: everything before grade 1 is preschool. Others stay as they are, and are refused. */
function gradeOf(grades: string): string {
  const [first = ''] = grades.split(',')
  if (/^(PR|PK|TK|KG)$/.test(first)) return '0'
  return /^\d\d?$/.test(first) ? String(Number(first)) : first
}

/** Days of OneRoster end before they begin to count: the last day is the one before. */
function dayBefore(end: string): string {
  const instant = Date.parse(`${end}T00:00:00Z`)
  return Number.isNaN(instant) ? end : new Date(instant - 86_400_000).toISOString().slice(0, 10)
}

/** The first line of several that say the same. */
function onceEach(tell: (row: Row) => readonly string[]): RuleOf['tell'] {
  const told = new Set<string>()
  return (row) => {
    const values = tell(row)
    if (told.has(values[0]!)) return null
    told.add(values[0]!)
    return values
  }
}
