import type { Context } from 'hono'
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  type Env,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import type { Check } from '#modules/checks/index.ts'
import { MunicipalityWork, Reminder, SchoolWork, TeacherWork } from './model.ts'
import { remind } from './store.ts'
import { municipalityWork, schoolWork, teacherWork } from './work.ts'

const ofSchool = createRoute({
  method: 'get',
  path: '/work/school',
  summary: 'What waits for the school of the mandate in force: errors by check, reminders (school)',
  ...signedIn,
  responses: { 200: json(SchoolWork, 'Nobody is named'), ...refusals },
})

const ofMunicipality = createRoute({
  method: 'get',
  path: '/work/municipality',
  summary: 'How the records of the own schools stand, in alphabetical order (municipality)',
  ...signedIn,
  responses: { 200: json(MunicipalityWork, 'There is no order by score'), ...refusals },
})

const ofTeacher = createRoute({
  method: 'get',
  path: '/work/teacher',
  summary: 'The own classes (teacher)',
  ...signedIn,
  responses: { 200: json(TeacherWork, 'Nobody is named'), ...refusals },
})

const reminding = createRoute({
  method: 'post',
  path: '/institutions/{id}/reminders',
  summary: 'Remind an own school of what its records still lack (municipality)',
  ...signedIn,
  description:
    'The school sees it where its work begins, and it stands in the audit trail. Once in seven days; refused (409) sooner and where nothing is open.',
  request: { params: z.object({ id: z.uuid() }), headers: csrfHeaders },
  responses: { 201: json(Reminder, 'When it was reminded'), ...writeRefusals, ...wrongState },
})

export function worklistsRoutes(api: Api, { checks }: { checks: readonly Check[] }) {
  api.openapi(ofSchool, async (c) => c.json(await own(c, 'school', (tx) => schoolWork(tx, checks)), 200))
  api.openapi(ofMunicipality, async (c) => c.json(await own(c, 'municipality', municipalityWork), 200))
  api.openapi(ofTeacher, async (c) => c.json(await own(c, 'teacher', teacherWork), 200))

  api.openapi(reminding, async (c) => {
    const { caller } = c.var
    if (caller.actor.tier !== 'municipality') throw new Problem('not_found')
    refuseForged(c)
    const { id } = c.req.valid('param')
    const became = await c.var.asActor(async (tx) => {
      const answer = await remind(tx, id)
      if (answer === null) {
        await writeAudit(tx, { action: 'remind_school', object: `institution ${id}`, outcome: 'not_found' })
      }
      return answer
    })
    if (became === null) throw new Problem('not_found')
    if (became !== 'made') throw new Problem('wrong_state')
    return c.json({ at: new Date().toISOString() }, 201)
  })
}

/** What is the caller's own; for every other tier it is not there. */
async function own<Work>(
  c: Context<Env>,
  tier: 'school' | 'municipality' | 'teacher',
  work: (tx: Tx) => Promise<Work | null>,
): Promise<Work> {
  if (c.var.caller.actor.tier !== tier) throw new Problem('not_found')
  const found = await c.var.asActor(work)
  if (found === null) throw new Problem('not_found')
  c.header('cache-control', 'private, no-store')
  return found
}
