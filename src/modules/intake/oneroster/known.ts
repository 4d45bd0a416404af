import type { Content } from '../read/content.ts'
import { eachRow } from './csv.ts'

/** What other files of a OneRoster package are understood by. */
export interface Known {
  orgs: ReadonlyMap<string, { type: string; code: string; parent: string }>
  /** session → school year by the year it ends */
  years: ReadonlyMap<string, string>
  classes: ReadonlyMap<string, { isHomeroom: boolean; school: string }>
  /** user → sex and day of birth */
  people: ReadonlyMap<string, { sex: string; born: string }>
  students: ReadonlySet<string>
  staff: ReadonlySet<string>
  /** line item → school it was set in */
  lineItems: ReadonlyMap<string, { school: string; year: string }>
}

const staffRoles = new Set(['teacher', 'principal', 'counselor', 'aide'])

/** Reads what is referred to; users, enrolments and results themselves are read once, while they are taken over. */
export async function readKnown(files: ReadonlyMap<string, Content>): Promise<Known> {
  const orgs = new Map<string, { type: string; code: string; parent: string }>()
  await eachRow(files.get('orgs.csv'), ['sourcedId', 'type'], (row) => {
    const id = row('sourcedId')
    orgs.set(id, { type: row('type'), code: row('identifier') || id, parent: row('parentSourcedId') })
  })
  const years = new Map<string, string>()
  await eachRow(files.get('academicSessions.csv'), ['sourcedId', 'schoolYear'], (row) => {
    years.set(row('sourcedId'), row('schoolYear'))
  })
  const classes = new Map<string, { isHomeroom: boolean; school: string; year: string }>()
  await eachRow(files.get('classes.csv'), ['sourcedId', 'classType', 'schoolSourcedId'], (row) => {
    classes.set(row('sourcedId'), {
      isHomeroom: row('classType') === 'homeroom',
      school: row('schoolSourcedId'),
      year: yearOf(row('termSourcedIds'), years),
    })
  })
  const people = new Map<string, { sex: string; born: string }>()
  await eachRow(files.get('demographics.csv'), ['sourcedId'], (row) => {
    const sex = row('sex')
    people.set(row('sourcedId'), {
      sex: sex === 'male' || sex === 'female' ? sex : 'unknown',
      born: row('birthDate').slice(0, 7),
    })
  })
  const students = new Set<string>()
  const staff = new Set<string>()
  await eachRow(files.get('roles.csv'), ['userSourcedId', 'role'], (row) => {
    if (row('role') === 'student') students.add(row('userSourcedId'))
    else if (staffRoles.has(row('role'))) staff.add(row('userSourcedId'))
  })
  const lineItems = new Map<string, { school: string; year: string }>()
  await eachRow(files.get('lineItems.csv'), ['sourcedId', 'classSourcedId'], (row) => {
    const { school = '', year = '' } = classes.get(row('classSourcedId')) ?? {}
    lineItems.set(row('sourcedId'), { school: row('schoolSourcedId') || school, year })
  })
  return { orgs, years, classes, people, students, staff, lineItems }
}

/** The school year of the first term that is known. */
export function yearOf(terms: string, years: ReadonlyMap<string, string>): string {
  return (
    terms
      .split(',')
      .map((term) => years.get(term.trim()))
      .find(Boolean) ?? ''
  )
}
