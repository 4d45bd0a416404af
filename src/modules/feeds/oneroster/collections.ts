import { z } from 'zod'
import type { Row } from '../row-package.ts'

/** What IKMS understands of OneRoster 1.2 (https://www.imsglobal.org/spec/oneroster/v1p2), as JSON and as lines of its CSV. */
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '')
const Ref = z
  .object({ sourcedId: z.string() })
  .nullish()
  .transform((reference) => reference?.sourcedId ?? '')
const Refs = z
  .array(z.object({ sourcedId: z.string() }))
  .nullish()
  .transform((references) => (references ?? []).map(({ sourcedId }) => sourcedId).join(','))
const Points = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((points) => String(points ?? ''))

const base = {
  sourcedId: z.string().min(1),
  status: z.enum(['active', 'tobedeleted']),
  dateLastModified: z.iso.datetime({ offset: true }),
}

const schemas = {
  orgs: z.object({ ...base, name: z.string(), type: z.string(), identifier: Text, parent: Ref }),
  academicSessions: z.object({
    ...base,
    title: z.string(),
    type: z.string(),
    startDate: Text,
    endDate: Text,
    schoolYear: Points,
  }),
  classes: z.object({
    ...base,
    title: z.string(),
    classCode: Text,
    classType: z.string(),
    grades: z
      .array(z.string())
      .nullish()
      .transform((grades) => (grades ?? []).join(',')),
    school: Ref,
    terms: Refs,
  }),
  users: z.object({
    ...base,
    givenName: z.string(),
    familyName: z.string(),
    middleName: Text,
    identifier: Text,
    roles: z.array(z.object({ role: z.string(), org: Ref })),
  }),
  demographics: z.object({ ...base, birthDate: Text, sex: Text }),
  enrollments: z.object({
    ...base,
    role: z.string(),
    beginDate: Text,
    endDate: Text,
    user: Ref,
    class: Ref,
    school: Ref,
  }),
  lineItems: z.object({
    ...base,
    title: z.string(),
    dueDate: Text,
    class: Ref,
    school: Ref,
    resultValueMin: Points,
    resultValueMax: Points,
  }),
  results: z.object({ ...base, lineItem: Ref, student: Ref, scoreStatus: z.string(), score: Points }),
} as const

export type CollectionName = keyof typeof schemas
export type Item<Name extends CollectionName> = z.output<(typeof schemas)[Name]>

/** A page of a collection: what else a source tells of its items is its own business. */
export function pageOf<Name extends CollectionName>(name: Name) {
  return z
    .object({ [name]: z.array(schemas[name]) })
    .transform((page) => (page as unknown as Record<Name, Item<Name>[]>)[name])
}

/** One item by its id: `{ "class": { … } }`. */
export function itemOf<Name extends CollectionName>(name: Name) {
  const one = singular[name]
  return z
    .object({ [one]: schemas[name] })
    .transform((body) => (body as unknown as Record<string, Item<Name>>)[one]!)
}

const singular: Record<CollectionName, string> = {
  orgs: 'org',
  academicSessions: 'academicSession',
  classes: 'class',
  users: 'user',
  demographics: 'demographics',
  enrollments: 'enrollment',
  lineItems: 'lineItem',
  results: 'result',
}

const common = ['sourcedId', 'status', 'dateLastModified']

/** Columns of the CSV file of each collection. */
export const columnsOf: Record<CollectionName, readonly string[]> = {
  orgs: [...common, 'name', 'type', 'identifier', 'parentSourcedId'],
  academicSessions: [...common, 'title', 'type', 'startDate', 'endDate', 'schoolYear'],
  classes: [...common, 'title', 'grades', 'classCode', 'classType', 'schoolSourcedId', 'termSourcedIds'],
  users: [...common, 'givenName', 'familyName', 'middleName', 'identifier'],
  demographics: [...common, 'birthDate', 'sex'],
  enrollments: [
    ...common,
    'classSourcedId',
    'schoolSourcedId',
    'userSourcedId',
    'role',
    'beginDate',
    'endDate',
  ],
  lineItems: [
    ...common,
    'title',
    'classSourcedId',
    'schoolSourcedId',
    'dueDate',
    'resultValueMin',
    'resultValueMax',
  ],
  results: [...common, 'lineItemSourcedId', 'studentSourcedId', 'scoreStatus', 'score'],
}

export const roleColumns = [...common, 'userSourcedId', 'role', 'orgSourcedId']

/** References of the JSON are called otherwise in the CSV. */
const renamed: Readonly<Record<string, string>> = {
  parent: 'parentSourcedId',
  school: 'schoolSourcedId',
  terms: 'termSourcedIds',
  class: 'classSourcedId',
  user: 'userSourcedId',
  lineItem: 'lineItemSourcedId',
  student: 'studentSourcedId',
}

/** An item as a line of its CSV file. */
export function lineOf(item: Item<CollectionName>): Row {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [renamed[name] ?? name, value]),
  ) as Row
}
