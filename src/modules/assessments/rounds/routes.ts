import { z } from 'zod'
import {
  type Api,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one, there, told } from '../asking.ts'
import { setMarking } from './marking-settings-store.ts'
import {
  FormDetail,
  FormSummary,
  MarkingSettings,
  NewForm,
  NewRound,
  RoundDetail,
  RoundSummary,
} from './model.ts'
import { formByUuid, listForms, listRounds, roundByUuid } from './reading-store.ts'
import { askRoster, fixForm, formId, moveRound, planRound, roundId, writeForm } from './rounds-store.ts'

const forms = createRoute({
  method: 'get',
  path: '/forms',
  summary: 'Forms of monitoring tests (whoever has a duty)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(FormSummary) }), 'By code'), ...refusals },
})

const form = createRoute({
  method: 'get',
  path: '/forms/{id}',
  summary: 'A form with its items in order, without their words',
  ...signedIn,
  request: one,
  responses: { 200: json(FormDetail, 'The form'), ...refusals },
})

const makeForm = createRoute({
  method: 'post',
  path: '/forms',
  summary: 'Put a form together, or write a draft anew (coordinator)',
  ...signedIn,
  request: { headers: csrfHeaders, body: body(NewForm) },
  responses: { 201: json(FormDetail, 'A draft'), ...writeRefusals, ...wrongState },
})

const fix = createRoute({
  method: 'post',
  path: '/forms/{id}/fixing',
  summary: 'Fix a form: from then on it stays as it is (coordinator)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 200: json(FormDetail, 'Fixed'), ...writeRefusals, ...wrongState },
})

const rounds = createRoute({
  method: 'get',
  path: '/rounds',
  summary: 'Rounds of monitoring tests (whoever has a duty)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(RoundSummary) }), 'The latest window first'),
    ...refusals,
  },
})

const round = createRoute({
  method: 'get',
  path: '/rounds/{id}',
  summary: 'A round: what was done with it, and how many take part by school; nobody is named',
  ...signedIn,
  request: one,
  responses: { 200: json(RoundDetail, 'The round'), ...refusals },
})

const plan = createRoute({
  method: 'post',
  path: '/rounds',
  summary: 'Plan a round (coordinator)',
  ...signedIn,
  request: { headers: csrfHeaders, body: body(NewRound) },
  responses: { 201: json(RoundDetail, 'Planned'), ...writeRefusals, ...wrongState },
})

const roster = createRoute({
  method: 'post',
  path: '/rounds/{id}/roster',
  summary: 'Have the roster made, or made anew from the register of today (coordinator)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 202: json(RoundDetail, 'A job makes it'), ...writeRefusals, ...wrongState },
})

const move = createRoute({
  method: 'post',
  path: '/rounds/{id}/state',
  summary: 'Open, close or cancel a round (coordinator)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(
      z.object({
        to: z.enum(['open', 'closed', 'cancelled']),
        reason: z
          .string()
          .trim()
          .max(1000)
          .refine(isStorable)
          .default('')
          .describe('required to cancel, and to close before the end'),
      }),
    ),
  },
  responses: { 200: json(RoundDetail, 'As it stands now'), ...writeRefusals, ...wrongState },
})

const settings = createRoute({
  method: 'post',
  path: '/rounds/{id}/marking',
  summary: 'Say how a round is marked, before marking begins (coordinator)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(MarkingSettings) },
  responses: { 200: json(RoundDetail, 'As it stands now'), ...writeRefusals, ...wrongState },
})

/** Forms and rounds, for people with a duty. To everybody else there are none. */
export function roundRoutes(api: Api) {
  api.openapi(forms, async (c) => c.json({ items: await asDutyHolder(c, listForms) }, 200))
  api.openapi(form, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asDutyHolder(c, (tx) => formByUuid(tx, id))), 200)
  })
  api.openapi(makeForm, async (c) => {
    refuseForged(c)
    const wanted = c.req.valid('json')
    const made = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(writeForm(tx, wanted))
      return formByUuid(tx, await formId(tx, wanted.code))
    })
    return c.json(there(made), 201)
  })
  api.openapi(fix, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const fixed = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(fixForm(tx, id))
      return formByUuid(tx, id)
    })
    return c.json(there(fixed), 200)
  })

  api.openapi(rounds, async (c) => c.json({ items: await asDutyHolder(c, listRounds) }, 200))
  api.openapi(round, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asDutyHolder(c, (tx, duties) => roundByUuid(tx, id, duties))), 200)
  })
  api.openapi(plan, async (c) => {
    refuseForged(c)
    const wanted = c.req.valid('json')
    const planned = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(planRound(tx, wanted))
      return roundByUuid(tx, await roundId(tx, wanted.code), duties)
    })
    return c.json(there(planned), 201)
  })
  api.openapi(roster, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const asked = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(askRoster(tx, id))
      return roundByUuid(tx, id, duties)
    })
    return c.json(there(asked), 202)
  })
  api.openapi(move, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { to, reason } = c.req.valid('json')
    const moved = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(moveRound(tx, id, to, reason))
      return roundByUuid(tx, id, duties)
    })
    return c.json(there(moved), 200)
  })
  api.openapi(settings, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const said = c.req.valid('json')
    const round = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      await told(setMarking(tx, id, said))
      return roundByUuid(tx, id, duties)
    })
    return c.json(there(round), 200)
  })
}
