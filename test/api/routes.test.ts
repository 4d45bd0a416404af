import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoAuthors, shipItems } from '#modules/assessments/index.ts'
import type { DatedRule } from '#modules/disclosure/model.ts'
import { newFeed } from '#modules/feeds/index.ts'
import type { KeptMapping, Upload } from '#modules/intake/model.ts'
import { askForJob } from '#modules/jobs/index.ts'
import type { Profile } from '#modules/publications/model.ts'
import { openApiDocument } from '../../src/server.ts'
import { plantAssessors, plantPreschool } from '../assessments/plant-preschool.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { newWorld, type Signed } from '../world.ts'

const uploads = mkdtempSync(join(tmpdir(), 'ikms-uploads-'))
afterAll(() => rmSync(uploads, { recursive: true, force: true }))
const world = await newWorld({ uploads: { folder: uploads, most: 1_000_000 } })
await asJob(world.db, shipItems)
await asJob(world.db, makeDemoAuthors)
await world.addPerson('teacher')
await plantAssessors(world.db)
const people = {
  nobody: undefined,
  head: await world.signIn('school'),
  analyst: await world.signIn('analyst'),
  steward: await world.signIn('steward'),
  parent: await world.signIn('parent'),
  author: await world.signIn('researcher'),
  marker: await world.signIn('researcher', await researcherNamed('Aija Strazda')),
  psychometrician: await world.signIn('researcher', await researcherNamed('Guntis Lācis')),
  assessor: await world.signIn('researcher', await researcherNamed('Dace Vītola')),
  coordinator: await world.signIn('researcher', await researcherNamed('Gita Bērza')),
  town: await world.signIn('municipality'),
  teacher: await world.signIn('teacher'),
  child: { cookie: 'ikms-sitting=child', csrf: '', institutionId: null, learnerId: null },
} satisfies Record<string, Signed | undefined>
const { countryId, schoolYears } = await world.read<{ countryId: string; schoolYears: number[] }>('/config')
const year = schoolYears.at(-1)!
const own = people.head.institutionId!
const child = people.parent.learnerId!
await asJob(world.db, (tx) =>
  newFeed(tx, {
    name: 'viis',
    title: { lv: 'VIIS faili', en: 'VIIS files' },
    kind: 'drop',
    settings: { folder: uploads },
  }),
)
const { items: feeds } = await world.read<{ items: { id: string }[] }>('/feeds', people.steward)
const feed = feeds[0]!.id
const job = await asJob(world.db, (tx) => askForJob(tx, 'publish'))
const { items: imports } = await world.read<{ items: { id: string }[] }>('/imports', people.steward)

const sent = await world.get('/api/v1/uploads', people.steward, {
  method: 'POST',
  headers: { 'content-type': 'text/csv', 'x-csrf': people.steward.csrf },
  body: `${columns}\n${line()}\n`,
})
const upload = (await sent.json()) as Upload
const kept = await world.get('/api/v1/mappings', people.steward, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-csrf': people.steward.csrf },
  body: JSON.stringify({ mapping: mappingOf() }),
})
const mapping = (await kept.json()) as KeptMapping

const { items: rules } = await world.read<{ items: DatedRule[] }>('/disclosure/rules')
const { reason: _words, from: _from, until: _until, ...change } = rules[0]!
const asked = await world.get('/api/v1/disclosure/trials', people.steward, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-csrf': people.steward.csrf },
  body: JSON.stringify(change),
})
const trial = (await asked.json()) as { id: string }
await world.db.jobPool.query(
  `insert into publications.release_attack (release_id, report)
   select release_id, '{"tables": 1, "cells": 1, "hidden": 0, "components": 0, "largest": 0, "constructed": 0,
     "programmes": 0, "tightest": null, "leaks": 0, "alreadyTold": 0, "seconds": 0}'
     from publications.release on conflict do nothing`,
)
const { items: bankItems } = await world.read<{ items: { id: string; code: string }[] }>(
  '/items?limit=1000',
  people.author,
)
const item = bankItems.find(({ code }) => code === 'RP3-001')!.id

const { rows: planted } = await world.db.jobPool.query<{ form: string; round: string; session: string }>(
  `with form as (
     insert into assessments.form (code, domain, grade, state) values ('F-1', 'numeracy', 6, 'fixed') returning form_id, form_uuid
   ), round as (
     insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
     values ('R-1', 'rehearsal', 'numeracy', 6, 2027, 'Darbs', 'Test', now(), now() + interval '1 day', 60, 'rostered')
     returning round_id, round_uuid
   ), joined as (
     insert into assessments.round_form (round_id, form_id) select round_id, form_id from round, form
   ), session as (
     insert into assessments.session (round_id, institution_id, label)
     select round_id, institution_id, '6.a' from round, registry.institution where institution_uuid = $1
     returning session_id, session_uuid, round_id, institution_id
   ), participant as (
     insert into assessments.participant (round_id, session_id, learner_id, institution_id)
     select s.round_id, s.session_id, (select min(e.learner_id) from registry.enrolment e where e.institution_id = s.institution_id),
            s.institution_id from session s
   )
   select form_uuid as form, round_uuid as round, session_uuid as session from form, round, session`,
  [own],
)
const { form, round, session } = planted[0]!
const any = { least: 0, most: 80 }
const { rows: assemblies } = await world.db.jobPool.query<{ id: string }>(
  `insert into assessments.assembly (domain, grade, plan, found, chosen) values ('numeracy', 6, $1, 'best', '{GONE-1}')
   returning assembly_uuid as id`,
  [
    JSON.stringify({
      ...{ domain: 'numeracy', grade: 6, items: any, points: any, minutes: any, anchors: any },
      ...{ strands: {}, processes: {}, cells: [], anchorForm: null, cuts: [500], error: null },
      ...{ mostExposure: 1, wear: 0, apart: [], always: [], never: [] },
    }),
  ],
)
const assembly = assemblies[0]!.id
await world.db.jobPool.query(
  `with setting as (insert into assessments.marking (round_id) select round_id from assessments.round where code = 'R-1'),
   answer as (
     insert into assessments.answer (participant_id, position, revision, answer)
     select participant_id, 1, 1, '{"R1": "Jo tā ir."}' from assessments.participant p join assessments.round r using (round_id)
      where r.code = 'R-1'
   ), task as (
     insert into assessments.mark_task (round_id, participant_id, position, response, revision, item_version_id, language, rule_points,
                                        most, turn, twice)
     select p.round_id, p.participant_id, 1, 'R1', 1, v.item_version_id, 'lv', 0, 2, 1, false
       from assessments.participant p join assessments.round r using (round_id), assessments.item_version v
       join assessments.item i using (item_id)
      where r.code = 'R-1' and i.code = 'RP3-011' returning task_id, round_id
   ) insert into assessments.mark_lease (round_id, person_id, task_id, until)
     select round_id, person_id, task_id, now() + interval '1 hour' from task, access.person where display_name = 'Aija Strazda'`,
)

await world.db.jobPool.query(
  `insert into assessments.sitting (participant_id, token_hash) select participant_id, sha256('child') from assessments.participant`,
)

const scaling = await plantScaling(round)
const preschool = await plantPreschool(world.db, own)

/** Every route of the document with a question it answers, who asks, and something that must be in the answer. */
const questions: [route: string, who: keyof typeof people, path: string, expected: object][] = [
  ['/me', 'nobody', '/me', { person: null, mandate: null, mandates: [], csrf: null }],
  [
    '/me',
    'head',
    '/me',
    { person: { name: 'Ilze Liepiņa' }, mandate: { tier: 'school', institutionId: own } },
  ],
  [
    '/demo-people',
    'nobody',
    '/demo-people',
    { items: expect.arrayContaining([expect.objectContaining({ name: 'Ilze Liepiņa', tier: 'school' })]) },
  ],
  ['/sign-in', 'nobody', '/sign-in', { provider: false }],
  ['/demo', 'nobody', '/demo', { offered: false, ticket: null, job: null }],
  ['/learners/{id}', 'parent', `/learners/${child}`, { id: child, results: [{}, {}] }],
  [
    '/learners/{id}/held',
    'parent',
    `/learners/${child}/held`,
    { learner: { id: child }, sections: expect.arrayContaining([expect.objectContaining({ key: 'looks' })]) },
  ],
  [
    '/retention',
    'nobody',
    '/retention',
    { items: expect.arrayContaining([expect.objectContaining({ kind: 'audit', keeps: 'P5Y' })]) },
  ],
  ['/retention/runs', 'steward', '/retention/runs', { items: [] }],
  ['/objections', 'steward', '/objections', { items: [] }],
  [
    '/processing',
    'nobody',
    '/processing',
    {
      items: expect.arrayContaining([expect.objectContaining({ code: 'monitoring' })]),
      linkages: expect.arrayContaining([expect.objectContaining({ code: 'results-years', on: true })]),
    },
  ],
  ['/looks', 'parent', '/looks', { items: expect.any(Array), next: null }],
  ['/config', 'nobody', '/config', { data: 'made_up', schoolYears, dataVersion: { release: '1.0' } }],
  [
    '/checks',
    'nobody',
    '/checks',
    { items: expect.arrayContaining([expect.objectContaining({ code: 'staff.overloaded' })]) },
  ],
  ['/checks/scores', 'steward', '/checks/scores', { run: null, institutions: [] }],
  [
    '/growth/schools/{id}',
    'head',
    `/growth/schools/${own}`,
    { school: { id: own }, knownFrom: [], figures: [] },
  ],
  ['/checks/scores/{id}', 'analyst', `/checks/scores/${own}`, { runs: [] }],
  ['/checks/jumps', 'analyst', '/checks/jumps', { run: null, items: [] }],
  [
    '/classifiers',
    'nobody',
    '/classifiers?day=2026-11-22',
    { items: expect.arrayContaining([expect.objectContaining({ name: 'leave_reason' })]) },
  ],
  [
    '/classifiers/{name}',
    'nobody',
    '/classifiers/exam_level',
    { title: { en: 'Level of the exam' }, entries: [{ code: 'OL', from: null }, { code: 'AL' }] },
  ],
  ['/institutions/{id}/findings', 'head', `/institutions/${own}/findings`, { run: null, items: [] }],
  [
    '/work/school',
    'head',
    '/work/school',
    { institution: { id: own }, run: null, findings: [], reminders: [] },
  ],
  [
    '/work/municipality',
    'town',
    '/work/municipality',
    { run: null, schools: expect.arrayContaining([expect.objectContaining({ mayRemind: false })]) },
  ],
  ['/work/teacher', 'teacher', '/work/teacher', { classes: [] }],
  ['/tile-map', 'nobody', '/tile-map', { source: null, items: [] }],
  ['/boundaries', 'nobody', '/boundaries', { source: null, licence: null, items: [] }],
  ['/territories', 'nobody', '/territories?kind=municipality', { items: [{}, {}, {}, {}] }],
  [
    '/territories/{id}',
    'nobody',
    `/territories/${countryId}`,
    { id: countryId, kind: 'state', parentId: null },
  ],
  [
    '/institutions',
    'nobody',
    '/institutions?limit=1',
    { items: [{ kind: 'school' }], next: expect.any(String) },
  ],
  [
    '/institutions/{id}/register',
    'nobody',
    `/institutions/${own}/register`,
    { id: own, type: null, founder: null, sites: [], programmes: [], predecessors: [], successors: [] },
  ],
  [
    '/territories/{id}/register',
    'nobody',
    `/territories/${countryId}/register`,
    { id: countryId, kind: 'state', predecessors: [], successors: [] },
  ],
  ['/institutions/{id}', 'nobody', `/institutions/${own}`, { id: own, kind: 'school' }],
  [
    '/institutions/{id}/learners',
    'head',
    `/institutions/${own}/learners?year=${year}`,
    { items: expect.any(Array) },
  ],
  [
    '/search',
    'nobody',
    '/search?q=skola%2017',
    { items: [{ kind: 'institution', name: { lv: 'Skola 17' } }] },
  ],
  [
    '/indicators',
    'nobody',
    '/indicators',
    { items: expect.arrayContaining([expect.objectContaining({ code: 'ACH-05' })]) },
  ],
  ['/indicators/{code}', 'nobody', '/indicators/CTX-01', { code: 'CTX-01', kind: 'count' }],
  [
    '/profiles/{unit}',
    'nobody',
    `/profiles/${countryId}`,
    { unit: { id: countryId }, schoolYear: year, audience: 'public' },
  ],
  [
    '/cells',
    'nobody',
    `/cells?indicator=CTX-01&year=${year}&level=state`,
    { items: [{ cell: { value: 858 } }], next: null },
  ],
  [
    '/series',
    'nobody',
    `/series?unit=${countryId}&indicator=CTX-01`,
    { borders: 'then', bordersDiffer: false, points: [{ cell: { value: 858 }, breaks: [], change: null }] },
  ],
  [
    '/peers',
    'nobody',
    `/peers?unit=${own}&indicator=CTX-01&year=${year}`,
    { indicator: 'CTX-01', cell: { n: expect.any(Number) }, similar: { schools: expect.any(Array) } },
  ],
  [
    '/scaling/rounds',
    'psychometrician',
    '/scaling/rounds',
    { items: [{ code: 'R-1', hindrance: 'round_not_closed', runs: 1, inForce: { number: 1, kind: 'own' } }] },
  ],
  [
    '/scaling/rounds/{code}',
    'psychometrician',
    '/scaling/rounds/R-1',
    { code: 'R-1', runs: [{ number: 1, flags: 0 }], panels: [{ name: 'Komisija' }], standards: [] },
  ],
  [
    '/scaling/rounds/{code}/runs/{number}',
    'psychometrician',
    '/scaling/rounds/R-1/runs/1',
    { code: 'R-1', run: { number: 1, inForce: true }, report: { pupils: 7, items: [] } },
  ],
  ['/scaling/panels', 'psychometrician', '/scaling/panels', { items: [{ id: scaling.panel, round: 'R-1' }] }],
  [
    '/scaling/panels/{id}',
    'psychometrician',
    `/scaling/panels/${scaling.panel}`,
    {
      leads: true,
      sits: false,
      booklet: [{ place: 1, code: 'RP3-001', points: 1, location: 480 }],
      medians: [],
    },
  ],
  [
    '/scaling/panels/{id}/items/{place}',
    'psychometrician',
    `/scaling/panels/${scaling.panel}/items/1`,
    { code: 'RP3-001', item: { language: 'lv' } },
  ],
  ['/targets', 'nobody', '/targets', { targets: [], breaks: [] }],
  [
    '/trends',
    'nobody',
    `/trends?unit=${countryId}`,
    { trends: expect.arrayContaining([expect.objectContaining({ indicator: 'CTX-01', subject: '-' })]) },
  ],
  [
    '/trace',
    'analyst',
    `/trace?indicator=CTX-01&year=${year}&unit=${countryId}`,
    { indicator: 'CTX-01', files: [{ file: 'results.csv', lines: 858 }] },
  ],
  ['/releases', 'nobody', '/releases', { items: [{ number: '1.0', inForce: true, change: null }] }],
  ['/releases/{number}', 'nobody', '/releases/1.0', { number: '1.0', counts: expect.any(Array) }],
  ['/releases/{number}/attack', 'steward', '/releases/1.0/attack', { leaks: 0 }],
  ['/disclosure/rules', 'nobody', '/disclosure/rules?on=2026-09-01', { on: '2026-09-01', items: rules }],
  ['/disclosure/rules/history', 'nobody', '/disclosure/rules/history', { items: rules }],
  ['/disclosure/trials', 'steward', '/disclosure/trials', { items: [trial] }],
  ['/disclosure/trials/{id}', 'steward', `/disclosure/trials/${trial.id}`, { ...trial, report: null }],
  ['/free-tables', 'nobody', '/free-tables', { items: [{ code: 'repeated-grades' }, {}] }],
  [
    '/free-tables/{dataSet}',
    'nobody',
    `/free-tables/school-changes?year=${year}&level=state`,
    { addsUp: false, rows: [{ cell: { n: null, absent: 'unavailable' } }] },
  ],
  ['/item-bench', 'author', '/item-bench', { duties: ['author'], framework: { version: '2026' } }],
  ['/item-drafts', 'author', '/item-drafts', { model: null, items: [] }],
  ['/extracts', 'analyst', '/extracts', { items: [] }],
  ['/report-sets', 'analyst', '/report-sets', { items: [], prints: false }],
  [
    '/assembly-bank',
    'psychometrician',
    '/assembly-bank?domain=reading&grade=3',
    { plan: { domain: 'reading', grade: 3 }, isStandard: false },
  ],
  ['/assemblies', 'psychometrician', '/assemblies', { items: [{ id: assembly, form: null }] }],
  ['/assemblies/{id}', 'psychometrician', `/assemblies/${assembly}`, { id: assembly, chosen: [] }],
  ['/assemblies/{id}/swaps/{code}', 'psychometrician', `/assemblies/${assembly}/swaps/GONE-1`, { items: [] }],
  ['/forms', 'author', '/forms', { items: [{ code: 'F-1', state: 'fixed', rounds: ['R-1'] }] }],
  ['/forms/{id}', 'author', `/forms/${form}`, { code: 'F-1', order: [] }],
  [
    '/rounds',
    'author',
    '/rounds',
    {
      items: expect.arrayContaining([
        expect.objectContaining({ code: 'R-1', state: 'rostered' }),
        expect.objectContaining({ code: 'P-1', grade: 0 }),
      ]),
    },
  ],
  [
    '/rounds/{id}',
    'author',
    `/rounds/${round}`,
    { code: 'R-1', moves: [], schools: [{ id: own, zone: null }] },
  ],
  ['/sessions', 'head', '/sessions', { items: [{ label: '6.a', round: { code: 'R-1' } }] }],
  ['/sessions/{id}', 'head', `/sessions/${session}`, { id: session, participants: [{ status: 'expected' }] }],
  [
    '/sessions/{id}/codes',
    'head',
    `/sessions/${session}/codes`,
    { codes: [{ code: expect.stringMatching(/^\w{4}-\w{4}$/) }] },
  ],
  ['/levels', 'nobody', '/levels?grade=6&domain=science', { items: [{ grade: 6, strands: [{}, {}, {}] }] }],
  ['/observations/rubric', 'nobody', '/observations/rubric', { version: '2026', steps: [{}, {}, {}] }],
  ['/observations', 'assessor', '/observations', { items: [{ label: 'Bitītes', children: 1, done: 0 }] }],
  [
    '/observations/children',
    'assessor',
    `/observations/children?place=${preschool.place}&year=2027&label=${encodeURIComponent(preschool.label)}`,
    { items: [{ id: preschool.child, seen: 0, of: 5 }] },
  ],
  [
    '/observations/children/{id}',
    'assessor',
    `/observations/children/${preschool.child}?year=2027`,
    { domains: ['reading'], steps: {} },
  ],
  ['/observations/groups', 'head', '/observations/groups', { items: [] }],
  ['/observations/profiles/{id}', 'parent', `/observations/profiles/${child}`, { items: [] }],
  [
    '/observations/assessors',
    'coordinator',
    '/observations/assessors',
    { schoolYear: 2027, items: [{ name: 'Dace Vītola' }], groups: [{ label: 'Bitītes' }] },
  ],
  ['/results/own', 'parent', '/results/own', { learner: { id: child }, sheets: [] }],
  ['/results/learners/{id}', 'parent', `/results/learners/${child}`, { learner: { id: child }, sheets: [] }],
  ['/results/notices', 'parent', '/results/notices', { items: [] }],
  ['/classes', 'teacher', '/classes', { schoolYear: null, schoolYears: [], items: [] }],
  ['/results/classes', 'teacher', '/results/classes', { items: [] }],
  ['/results/items', 'head', `/results/items?round=R-1&school=${own}`, { items: [] }],
  ['/results/schools/{id}', 'head', `/results/schools/${own}`, { school: { id: own }, tests: [] }],
  ['/results/support-requests', 'head', '/results/support-requests', { items: [] }],
  ['/results/told-rounds', 'nobody', '/results/told-rounds', { items: [] }],
  ['/results/rounds', 'coordinator', '/results/rounds', { items: [] }],
  ['/sittings/rooms', 'head', '/sittings/rooms', { items: [{ label: '6.a', state: 'planned', present: 1 }] }],
  ['/sittings/current', 'child', '/sittings/current', { state: 'ended', label: '6.a', saved: [] }],
  ['/sittings/current/pulse', 'child', '/sittings/current/pulse', { state: 'ended', endsAt: null }],
  [
    '/sessions/{id}/board',
    'head',
    `/sessions/${session}/board`,
    { id: session, rows: [{ state: 'waiting' }] },
  ],
  ['/sessions/{id}/board/names', 'head', `/sessions/${session}/board/names`, { items: [{}] }],
  [
    '/marking',
    'marker',
    '/marking',
    { mayMark: true, rounds: [{ code: 'R-1', items: [{ code: 'RP3-011' }] }] },
  ],
  [
    '/marking/rounds/{id}',
    'marker',
    `/marking/rounds/${round}`,
    { answer: { code: 'RP3-011', answers: { R1: 'Jo tā ir.' }, most: 2 } },
  ],
  [
    '/marking/rounds/{id}/report',
    'psychometrician',
    `/marking/rounds/${round}/report`,
    { round: { code: 'R-1' }, items: [], markers: [], controls: [] },
  ],
  ['/marking/second-looks', 'head', '/marking/second-looks', { items: [] }],
  ['/marking/second-looks/wishes', 'head', '/marking/second-looks/wishes', { items: [] }],
  [
    '/marking/second-looks/own',
    'parent',
    '/marking/second-looks/own?round=R-1',
    { mayAsk: false, wish: null, looks: [] },
  ],
  ['/items', 'author', '/items?limit=1', { items: [{ code: 'DP3-001' }], next: expect.any(String) }],
  ['/items/{id}', 'author', `/items/${item}`, { code: 'RP3-001', moves: ['review', 'retired'] }],
  [
    '/items/{id}/view',
    'author',
    `/items/${item}/view?seed=5`,
    { seed: 5, item: { title: 'Lielākais skaitlis' } },
  ],
  [
    '/items/{id}/solution',
    'author',
    `/items/${item}/solution`,
    { text: { keys: { R1: { correct: ['C'] } } } },
  ],
  ['/imports', 'steward', '/imports', { items: [{ state: 'merged' }] }],
  [
    '/feeds',
    'steward',
    '/feeds',
    { items: [{ name: 'viis', kind: 'drop', place: uploads, paused: false, busy: false, last: null }] },
  ],
  ['/feeds/{id}/messages', 'steward', `/feeds/${feed}/messages`, { waiting: 0, sent: 0, dead: 0, items: [] }],
  ['/feeds/{id}', 'steward', `/feeds/${feed}`, { feed: { id: feed, nextAt: null }, runs: [] }],
  [
    '/jobs',
    'steward',
    '/jobs',
    {
      items: [
        { kind: 'rule-trial', askedBy: 'Mārtiņš Bērziņš' },
        { id: job, kind: 'publish', state: 'waiting' },
      ],
    },
  ],
  ['/jobs/{id}', 'steward', `/jobs/${job}`, { id: job, askedBy: null, done: 0 }],
  ['/imports/{id}', 'steward', `/imports/${imports[0]?.id}`, { state: 'merged', refusals: 0 }],
  [
    '/imports/{id}/refusals',
    'steward',
    `/imports/${imports[0]?.id}/refusals`,
    { items: [], next: null, counts: { listed: 0 } },
  ],
  ['/uploads', 'steward', '/uploads', { items: [{ id: upload.id, state: 'waiting' }], mostBytes: 1_000_000 }],
  ['/uploads/{id}', 'steward', `/uploads/${upload.id}`, upload],
  [
    '/uploads/{id}/preview',
    'steward',
    `/uploads/${upload.id}/preview?mapping=${mapping.id}`,
    { problem: null, tables: [{ fault: null, lines: [{ line: 2 }] }] },
  ],
  ['/mappings', 'steward', '/mappings', { items: [{ id: mapping.id, version: 1, latest: true }] }],
  ['/mappings/{id}', 'steward', `/mappings/${mapping.id}`, { content: { name: 'test' } }],
  ['/audit', 'steward', '/audit', { items: expect.any(Array), next: null }],
]

test.each(questions)('%s answers %s', async (_route, who, path, expected) => {
  const answer = await world.get(`/api/v1${path}`, people[who])
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(await answer.json()).toMatchObject(expected)
})

test('figures of many units come as CSV too', async () => {
  const answer = await world.get(`/api/v1/cells.csv?indicator=CTX-01&year=${year}&level=municipality`)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="CTX-01-${year}-municipality.csv"`,
  )
  expect((await answer.text()).trimEnd().split('\n')).toHaveLength(5)
})

test('a person signs in, changes to an own mandate and signs out', async () => {
  const guest = await world.signIn('analyst')
  const { mandate } = await world.read<{ mandate: { id: string } }>('/me', guest)
  const write = (method: string, body?: object) =>
    world.get('/api/v1/session', guest, {
      method,
      headers: { 'content-type': 'application/json', 'x-csrf': guest.csrf },
      ...(body && { body: JSON.stringify(body) }),
    })
  expect((await write('PATCH', { mandate: mandate.id })).status).toBe(204)
  const left = await write('DELETE')
  expect([left.status, left.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
  expect(await world.read('/me', guest)).toMatchObject({ person: null })
})

test('the cookie of a session is closed to scripts and other sites, and to plain HTTP where the proxy speaks TLS', async () => {
  const { items } = await world.read<{ items: { id: string }[] }>('/demo-people')
  const answer = await world.get('/api/v1/session', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    body: JSON.stringify({ person: items[0]!.id }),
  })
  const cookie = answer.headers.get('set-cookie')!
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) expect(cookie).toContain(part)
})

test('the table above leaves out no route that reads', () => {
  const documented = Object.entries(openApiDocument().paths ?? {}).filter(([, methods]) => 'get' in methods)
  const asked = new Set([
    ...questions.map(([route]) => route),
    '/items/{id}/media/{name}',
    '/scaling/panels/{id}/items/{place}/media/{name}',
    '/marking/tasks/{id}/media/{name}',
    // of a child at work: test/assessments/delivery.test.ts
    '/sittings/current/items',
    '/sittings/current/items/{position}',
    '/sittings/current/items/{position}/media/{name}',
    // of a class, and printed: test/assessments/results.test.ts, test/pages/results-pages.test.ts
    '/classes/{id}/figures',
    '/results/classes/{id}',
    '/results/classes/{id}/sheets.pdf',
    '/results/schools/{id}/report.pdf',
    '/results/own/{round}/report.pdf',
    // of a released round: test/pages/place-results.test.ts
    '/results/told-rounds/{code}/clusters',
    '/results/places/{id}/{round}/report.pdf',
    // of a child or group by name: test/assessments/second-looks.test.ts, preschool-groups.test.ts
    '/marking/second-looks/answers',
    '/observations/groups/{id}',
    '/item-package',
    // a file: test/assessments/assembly.test.ts
    '/forms/{id}/package',
    // what a model answered: test/assessments/item-drafts.test.ts
    '/item-drafts/{id}',
    '/audit.csv',
    '/looks.csv',
    '/checks/jumps.csv',
    '/learners/{id}/held.pdf',
    '/reports/{unit}/report.pdf',
    '/report-sets/{id}/reports.zip',
    '/extracts/{id}',
    '/extracts/{id}/codebook.json',
    '/extracts/{id}/files/{name}',
    '/reports/{unit}/report.xlsx',
    '/cells.csv',
    '/imports/{id}/refusals.csv',
    '/series.csv',
    '/free-tables/{dataSet}/table.csv',
  ])
  expect(documented.map(([path]) => path).filter((path) => !asked.has(path))).toEqual([])
})

test('a profile of a year without figures says so with empty lists, not with an error', async () => {
  expect(await world.read<Profile>(`/profiles/${countryId}?year=2050`)).toMatchObject({
    schoolYear: 2050,
    figures: [],
    assessments: [],
  })
})

/** The place of a demo person among those of the tier `researcher`. */
async function researcherNamed(wanted: string): Promise<number> {
  const { items } = (await (await world.get('/api/v1/demo-people')).json()) as {
    items: { name: string; tier: string }[]
  }
  return items.filter(({ tier }) => tier === 'researcher').findIndex(({ name }) => name === wanted)
}

/** A run of the round in force, and a panel over its booklet of one place. */
async function plantScaling(of: string): Promise<{ panel: string }> {
  const link = { stretch: 1, shift: 0 }
  const scale = {
    ...{ name: 'numeracy-6', kind: 'own', linkedTo: null, anchors: [], anchorError: 0, linkError: 0 },
    toBase: { ...link, variance: { stretch: 0, shift: 0, covariance: 0 } },
    reporting: { stretch: 100, shift: 500 },
  }
  const report = {
    ...{
      pupils: 7,
      expected: 7,
      seconds: 0.1,
      items: [],
      forms: [],
      flags: [],
      links: [],
      dependent: [],
      q3Mean: 0,
    },
    ...{
      reliability: { eap: null, wle: null },
      grid: [],
      mean: 500,
      sd: 100,
      betweenSchools: 0.1,
      standard: null,
    },
    ...{ histogram: [{ from: 400, share: 1 }], bandwidth: 20, booklet: [] },
  }
  const { rows } = await world.db.jobPool.query<{ panel: string }>(
    `with run as (
       insert into assessments.scaling_run (round_id, number, seed, made_at, program, settings, input_hash, output_hash, calibration, scale,
                                            report, in_force)
       select round_id, 1, 1, now(), 'scaling 1', '{"mastery": 0.67}', '', '', '{}', $2, $3, true
         from assessments.round where round_uuid = $1 returning run_id
     ), panel as (
       insert into assessments.panel (run_id, name, mastery) select run_id, 'Komisija', 0.67 from run returning panel_id, panel_uuid
     ), place as (
       insert into assessments.panel_place (panel_id, place, item_version_id, points, location)
       select panel_id, 1, v.item_version_id, 1, 480
         from panel, assessments.item_version v join assessments.item i using (item_id) where i.code = 'RP3-001' and v.number = 1
     ) select panel_uuid as panel from panel`,
    [of, JSON.stringify(scale), JSON.stringify(report)],
  )
  return rows[0]!
}
