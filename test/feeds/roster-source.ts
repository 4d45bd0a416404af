import { newSource } from './source.ts'

type Item = { sourcedId: string; status?: string; dateLastModified?: string; [field: string]: unknown }
const ref = (sourcedId: string) => ({ href: `/${sourcedId}`, sourcedId, type: 'x' })
const DAY_ONE = '2026-11-01T06:00:00.000Z'

/** A small school as OneRoster tells it. */
export const school = (): Record<string, Item[]> => ({
  orgs: [
    { sourcedId: 'n', name: 'Latvija', type: 'national' },
    { sourcedId: 'r', name: 'Vidzeme', type: 'state', parent: ref('n') },
    { sourcedId: 'd', name: 'Madonas novads', type: 'district', identifier: '0038001', parent: ref('r') },
    { sourcedId: 's', name: 'Madonas vidusskola', type: 'school', identifier: '4501', parent: ref('d') },
  ],
  academicSessions: [
    {
      sourcedId: 'y',
      title: '2026./2027.',
      type: 'schoolYear',
      startDate: '2026-09-01',
      endDate: '2027-09-01',
      schoolYear: '2027',
    },
  ],
  classes: [homeroom('c1', '3.a'), homeroom('c2', '3.b')],
  users: [
    user('u1', 'Anna', 'Bērziņa', 'student'),
    user('u2', 'Jānis', 'Ozols', 'student'),
    user('u3', 'Ilze', 'Kalniņa', 'teacher'),
  ],
  demographics: [
    { sourcedId: 'u1', birthDate: '2017-02-17', sex: 'female' },
    { sourcedId: 'u2', birthDate: '2017-05-01', sex: 'male' },
  ],
  enrollments: [
    enrolment('e1', 'u1', 'c1', { beginDate: '2026-09-01', endDate: '2027-06-01' }),
    enrolment('e2', 'u2', 'c1'),
    { ...enrolment('e3', 'u3', 'c1'), role: 'teacher' },
  ],
  lineItems: [
    {
      sourcedId: 'l1',
      title: 'Reizrēķins',
      class: ref('c1'),
      dueDate: '2026-10-15T00:00:00Z',
      resultValueMin: 0,
      resultValueMax: 10,
    },
  ],
  results: [result('r1', 'l1', 'u1', 8.5)],
})

export function homeroom(sourcedId: string, classCode: string): Item {
  return {
    sourcedId,
    title: `Klase ${classCode}`,
    classCode,
    classType: 'homeroom',
    grades: ['03'],
    school: ref('s'),
    terms: [ref('y')],
  }
}

export function user(sourcedId: string, givenName: string, familyName: string, role: string): Item {
  return {
    sourcedId,
    givenName,
    familyName,
    username: sourcedId,
    enabledUser: true,
    roles: [{ role, roleType: 'primary', org: ref('s') }],
  }
}

export function enrolment(sourcedId: string, of: string, inClass: string, more: object = {}): Item {
  return { sourcedId, role: 'student', user: ref(of), class: ref(inClass), school: ref('s'), ...more }
}

export function result(sourcedId: string, lineItem: string, student: string, score: number): Item {
  return { sourcedId, lineItem: ref(lineItem), student: ref(student), scoreStatus: 'fully graded', score }
}

const singular: Record<string, string> = {
  classes: 'class',
  users: 'user',
  demographics: 'demographics',
  lineItems: 'lineItem',
}

/** A OneRoster 1.2 service: OAuth 2.0 client credentials, pages by limit and offset, filters by equality and by time. */
export async function newRosterSource(items = school()) {
  const source = await newSource((url, request, body) => {
    const steps = url.pathname.split('/').filter(Boolean)
    if (steps[0] === 'token') {
      const who = Buffer.from('ikms:so%20secret').toString('base64')
      const isRight = request.headers.authorization === `Basic ${who}` && body.includes('client_credentials')
      return isRight
        ? { json: { access_token: 't-1', token_type: 'Bearer', expires_in: 3600 } }
        : { status: 401 }
    }
    if (request.headers.authorization !== 'Bearer t-1') return { status: 401 }
    const [, name = '', id] = steps
    const all = (items[name] ?? []).map((each) => ({ status: 'active', dateLastModified: DAY_ONE, ...each }))
    if (id !== undefined) {
      const found = all.find(({ sourcedId }) => sourcedId === decodeURIComponent(id))
      return found ? { json: { [singular[name]!]: found } } : { status: 404 }
    }
    const { limit, offset, filter = '' } = Object.fromEntries(url.searchParams)
    const [, since] = /^dateLastModified>='(.*)'$/.exec(filter) ?? []
    const [, of] = /^user\.sourcedId='(.*)'$/.exec(filter) ?? []
    const wanted = all
      .filter(({ dateLastModified }) => since === undefined || dateLastModified >= since)
      .filter((each) => of === undefined || (each as { user?: Item }).user?.sourcedId === of)
      .toSorted((a, b) => (a.sourcedId < b.sourcedId ? -1 : 1))
    return {
      json: { [name]: wanted.slice(Number(offset), Number(offset) + Number(limit)) },
      headers: { 'x-total-count': String(wanted.length) },
    }
  })
  return { ...source, items }
}
