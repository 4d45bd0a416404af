import { z } from 'zod'
import type { Actor } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  always,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  writeRefusals,
} from '#http/route.ts'
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { Day, dayOf } from '#terms/day.ts'
import { DatedRule, RuleChange, Trial, TrialSummary } from './model.ts'
import { askTrial, datedRulesOn, listTrials, reasonOn, ruleHistory, trialByUuid } from './rule-store.ts'

const rules = createRoute({
  method: 'get',
  path: '/disclosure/rules',
  summary: 'The disclosure rules in force on a day: what must be hidden, for which audience and topic',
  request: { query: z.object({ on: Day.optional().describe('left out: today') }) },
  responses: {
    200: json(z.object({ on: Day, items: z.array(DatedRule) }), 'One an audience and topic'),
    ...always,
  },
})

const history = createRoute({
  method: 'get',
  path: '/disclosure/rules/history',
  summary: 'Every disclosure rule there was, is, or is set for later',
  responses: {
    200: json(z.object({ items: z.array(DatedRule) }), 'By audience and topic, the latest first'),
    ...always,
  },
})

const ask = createRoute({
  method: 'post',
  path: '/disclosure/trials',
  summary: 'Try a changed rule on the current figures (steward)',
  description:
    'A job works out what would be hidden. Nothing is published, and no rule changes: a rule is put into force by a decision, as a dated row.',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: RuleChange } } },
  },
  responses: { 201: json(TrialSummary, 'Asked; it waits for the jobs process'), ...writeRefusals },
})

const trials = createRoute({
  method: 'get',
  path: '/disclosure/trials',
  summary: 'Trials of changed rules, newest first (steward, data protection officer)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(TrialSummary) }), 'The latest 200'), ...refusals },
})

const trial = createRoute({
  method: 'get',
  path: '/disclosure/trials/{id}',
  summary: 'A trial with what it found (steward, data protection officer)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(Trial, 'report is null until the trial is done'), ...refusals },
})

const noSuchTopic = {
  field: 'topic',
  fault: { lv: 'Par šādu jautājumu noteikuma nav.', en: 'There is no rule about this.' },
}

export function disclosureRoutes(api: Api) {
  api.openapi(rules, async (c) => {
    const on = c.req.valid('query').on ?? dayOf(new Date())
    return c.json({ on, items: await c.var.asActor((tx) => datedRulesOn(tx, on)) }, 200)
  })

  api.openapi(history, async (c) => c.json({ items: await c.var.asActor(ruleHistory) }, 200))

  api.openapi(ask, async (c) => {
    const { caller } = c.var
    if (caller.actor.tier !== 'steward') throw new Problem('not_found')
    refuseForged(c)
    const change = c.req.valid('json')
    if (hasNul(change.topic)) throw new Problem('invalid_request', { errors: [noSuchTopic] })
    const asked = await c.var.asActor(async (tx) => {
      const reason = await reasonOn(tx, change.audience, change.topic, dayOf(new Date()))
      if (!reason) throw new Problem('invalid_request', { errors: [noSuchTopic] })
      const id = await askTrial(tx, { ...change, reason })
      if (!id) throw new Problem('not_found')
      await writeAudit(tx, { action: 'try_rule', object: `rule trial ${id}`, outcome: 'done' })
      return trialByUuid(tx, id)
    })
    const { report: _, ...summary } = asked!
    return c.json(summary, 201)
  })

  api.openapi(trials, async (c) => {
    if (!mayRead(c.var.caller.actor)) throw new Problem('not_found')
    return c.json({ items: await c.var.asActor((tx) => listTrials(tx, 200)) }, 200)
  })

  api.openapi(trial, async (c) => {
    if (!mayRead(c.var.caller.actor)) throw new Problem('not_found')
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => trialByUuid(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })
}

/** PostgreSQL has no text with a NUL in it. */
function hasNul(text: string): boolean {
  return text.includes('\0')
}

function mayRead({ tier }: Actor): boolean {
  return tier === 'steward' || tier === 'protection_officer'
}
