import highsModule from 'highs'
import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { type BankRow, offerOf } from '#modules/assessments/assembly/bank.ts'
import { chooseForm } from '#modules/assessments/assembly/choose.ts'
import { reportOf } from '#modules/assessments/assembly/report.ts'
import type {
  AssemblyBank,
  AssemblyDetail,
  AssemblyPlan,
  AssemblyReport,
  AssemblySwap,
  FormDetail,
  PackageReport,
} from '#modules/assessments/model.ts'
import { testInformation } from '#stats/irt/index.ts'
import { lpText } from '#stats/network/index.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantBank } from './plant-bank.ts'

const world = await newWorld({ data: 'none' })
const round = await plantBank(world.db)
const { items: people } = await world.read<{ items: { name: string; tier: string }[] }>('/demo-people')
const researchers = people.filter(({ tier }) => tier === 'researcher')
const as = (name: string) =>
  world.signIn(
    'researcher',
    researchers.findIndex((each) => each.name === name),
  )
const [coordinator, psychometrician, author, marker, keeper] = await Promise.all(
  ['Rita Vanaga', 'Guntis Lācis', 'Laura Siliņa', 'Aija Strazda', 'Valdis Apinis'].map(as),
)
const post = (path: string, person: Signed, body: unknown) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const bank = (query = '') =>
  world.read<AssemblyBank>(`/assembly-bank?domain=numeracy&grade=6${query}`, psychometrician)
const { plan: start, items: offered } = await bank(`&anchors=${round.anchorForm}`)
const plan: AssemblyPlan = {
  ...start,
  items: { least: 20, most: 20 },
  points: { least: 26, most: 34 },
  minutes: { least: 0, most: 60 },
  anchors: { least: 4, most: 6 },
  error: 30,
}
const assemble = async (wanted: AssemblyPlan) => {
  const answer = await post('/assemblies', psychometrician!, wanted)
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as AssemblyDetail
}
const of = (codes: readonly string[]) => offered.filter(({ code }) => codes.includes(code))

/** Whether items obey a plan, said once more and otherwise. */
function obeys(codes: readonly string[], wanted: AssemblyPlan): string[] {
  const items = of(codes)
  const points = items.reduce((sum, item) => sum + item.points, 0)
  const within = (name: string, x: number, { least, most }: { least: number; most: number }) =>
    x >= least - 1e-9 && x <= most + 1e-9 ? [] : [`${name} ${x}`]
  const share = (has: (item: (typeof items)[number]) => boolean) =>
    items.filter(has).reduce((sum, item) => sum + item.points, 0) / points
  return [
    ...within('items', items.length, wanted.items),
    ...within('points', points, wanted.points),
    ...within(
      'minutes',
      items.reduce((sum, { minutes }) => sum + minutes, 0),
      wanted.minutes,
    ),
    ...within('anchors', items.filter(({ isAnchor }) => isAnchor).length, wanted.anchors),
    ...Object.entries(wanted.strands).flatMap(([id, limits]) =>
      within(
        id,
        share(({ strand }) => strand === id),
        limits,
      ),
    ),
    ...Object.entries(wanted.processes).flatMap(([id, limits]) =>
      within(
        id,
        share(({ process }) => process === id),
        limits,
      ),
    ),
    ...wanted.cells.flatMap((cell) =>
      within(
        `${cell.strand}/${cell.process}`,
        share(({ strand, process }) => strand === cell.strand && process === cell.process),
        cell,
      ),
    ),
    ...wanted.apart.flatMap((group) =>
      within('apart', group.filter((code) => codes.includes(code)).length, { least: 0, most: 1 }),
    ),
    ...wanted.always.filter((code) => !codes.includes(code)),
    ...wanted.never.filter((code) => codes.includes(code)),
    ...items.filter(({ exposure }) => exposure > wanted.mostExposure).map(({ code }) => code),
  ]
}

test('who makes forms sees what the bank has, with cuts of the standard; to everybody else there is no such thing', async () => {
  expect(start.cuts).toEqual([405, 485, 600])
  expect(offered.filter(({ isAnchor }) => isAnchor)).toHaveLength(10)
  expect(offered.filter(({ isMeasured }) => isMeasured)).toHaveLength(96)
  for (const person of [author, marker, await world.signIn('steward'), undefined]) {
    expect((await world.get('/api/v1/assembly-bank?domain=numeracy&grade=6', person)).status).toBe(404)
    expect((await world.get('/api/v1/assemblies', person)).status).toBe(404)
    if (person) expect((await post('/assemblies', person, plan)).status).toBe(404)
  }
})

test('a form is the one the arithmetic of the module gives, and its information is that of its items', async () => {
  const made = await assemble(plan)
  expect(made).toMatchObject({ found: 'best', isReady: true, madeBy: 'Guntis Lācis', saved: null })
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<BankRow>(
      `select i.item_uuid as id, i.code, i.state, v.grade, v.strand, v.process, v.points, v.interactions, t.content -> 'stimulus' ->> 'code' as stimulus,
              i.code <= 'BANK-010' and i.code like 'BANK-%' as "isAnchor",
              (select count(*)::int from assessments.form_item x join assessments.form f using (form_id)
                where x.item_version_id = v.item_version_id and f.state = 'fixed') as forms,
              (select jsonb_build_object('round', p.round, 'model', p.model, 'slope', p.slope, 'intercepts', p.intercepts, 'guessing', p.guessing,
                  'scale', jsonb_build_object('name', 'planted', 'reporting', jsonb_build_object('stretch', 100, 'shift', 500)))
                 from assessments.item_parameter p where p.item_version_id = v.item_version_id) as measured
         from assessments.item i join assessments.item_version v using (item_id) join assessments.item_text t using (item_version_id)
        where i.state = 'live' and v.domain = 'numeracy' and v.grade = 6 order by i.code`,
    ),
  )
  const highs = await (highsModule as unknown as typeof highsModule.default)()
  const offer = offerOf(rows, 'planted', 2)
  const own = await chooseForm(offer, plan, (programme) => {
    const { Columns } = highs.solve(lpText(programme), {
      mip_rel_gap: 0.0005,
      random_seed: 1,
      threads: 1,
    }) as {
      Columns: Record<string, { Primal?: number }>
    }
    return { status: 'optimal', values: programme.names.map((_, at) => Columns[`v${at}`]?.Primal ?? 0) }
  })
  const ownReport = reportOf(offer, own.chosen, plan)
  const weakest = (report: AssemblyReport) => Math.min(...report.cuts.map(({ information }) => information))
  expect(Math.abs(weakest(made.report) / weakest(ownReport) - 1)).toBeLessThan(0.0101)
  expect(made.report).toEqual(
    reportOf(
      offer,
      made.chosen.map(({ code }) => code),
      made.plan,
    ),
  )
  const known = made.chosen.flatMap(({ code }) => {
    const row = rows.find((each) => each.code === code)!
    const m = row.measured
    return m ? [{ id: code, ...m, scores: Array.from({ length: row.points + 1 }, (_, k) => k) }] : []
  })
  const { information } = testInformation(known, [-0.95, -0.15, 1])
  made.report.cuts.forEach((cut, at) => {
    expect(cut.information).toBeCloseTo(information[at]!, 4)
    expect(cut.error).toBeCloseTo(100 / Math.sqrt(information[at]!), 4)
  })
  expect(made.report.curve.find(({ at }) => at === 600)!.information).toBeCloseTo(information[2]!, 4)
})

test('every form that is found obeys its plan, whatever the plan; one that is not found says what is missing', async () => {
  const plans: AssemblyPlan[] = [
    plan,
    {
      ...plan,
      items: { least: 12, most: 15 },
      points: { least: 16, most: 20 },
      anchors: { least: 0, most: 0 },
    },
    { ...plan, apart: [['BANK-001', 'BANK-002', 'BANK-003']], always: ['BANK-002'], never: ['BANK-004'] },
    { ...plan, mostExposure: 0.4, anchors: { least: 0, most: 3 } },
    { ...plan, cells: [{ strand: 'data', process: 'reason', least: 0.1, most: 0.12 }] },
    { ...plan, minutes: { least: 0, most: 28 } },
  ]
  for (const [at, wanted] of plans.entries()) {
    const made = await assemble(wanted)
    expect([at, made.found]).toEqual([at, 'best'])
    const codes = made.chosen.map(({ code }) => code)
    expect([at, obeys(codes, wanted)]).toEqual([at, []])
    expect(made.report).toMatchObject({ broken: [], outOfRules: [] })
  }
})

describe('where the bank cannot', () => {
  test('the demand that fails is named, with what could be had and what the bank has of it', async () => {
    const made = await assemble({ ...plan, anchors: { least: 14, most: 20 } })
    expect(made).toMatchObject({ found: 'infeasible', isReady: false })
    expect(made.notMet).toEqual([
      {
        about: 'anchors',
        strand: null,
        process: null,
        codes: [],
        least: 14,
        most: 20,
        has: 10,
        bankItems: 10,
        bankPoints: expect.any(Number),
      },
    ])
    expect(
      (await post(`/assemblies/${made.id}/form`, psychometrician!, { code: 'NE', reason: 'x' })).status,
    ).toBe(409)
  })
  test('demands that exclude each other are told as such: a share nobody can reach beside the others', async () => {
    const made = await assemble({
      ...plan,
      strands: { ...plan.strands, data: { least: 0.6, most: 0.8 } },
    })
    expect(made.found).toBe('infeasible')
    expect(made.notMet.map(({ about, strand }) => [about, strand])).not.toEqual([])
    expect(made.notMet.every(({ about }) => about === 'share')).toBe(true)
    expect(
      obeys(
        made.chosen.map(({ code }) => code),
        { ...plan, strands: {}, processes: {} },
      ),
    ).toEqual([])
  })
})

describe('a form that was chosen', () => {
  test('is changed by hand: what would change is said before, holds after, and is kept with who did it', async () => {
    const made = await assemble(plan)
    const out = made.chosen.find(({ isAnchor }) => !isAnchor)!
    const { items } = await world.read<{ items: AssemblySwap[] }>(
      `/assemblies/${made.id}/swaps/${out.code}`,
      coordinator,
    )
    const [best] = items
    expect(best!.broken).toEqual([])
    const answer = await post(`/assemblies/${made.id}/steps`, coordinator!, {
      takenOut: out.code,
      putIn: best!.item.code,
    })
    const changed = (await answer.json()) as AssemblyDetail
    expect(changed.steps).toEqual([
      { at: expect.any(String), person: 'Rita Vanaga', takenOut: out.code, putIn: best!.item.code },
    ])
    changed.report.cuts.forEach((cut, at) => {
      expect(cut.information).toBeCloseTo(made.report.cuts[at]!.information + best!.gains[at]!, 4)
    })
    // The solver had the best: by hand it can only become less where it is weakest.
    const weakest = ({ report }: AssemblyDetail) =>
      Math.min(...report.cuts.map(({ information }) => information))
    expect(weakest(changed)).toBeLessThanOrEqual(weakest(made) * 1.0101)
    const again = await post(`/assemblies/${made.id}/steps`, coordinator!, {
      takenOut: out.code,
      putIn: best!.item.code,
    })
    expect(again.status).toBe(409)
  })

  test('is saved as a draft with a reason, once, under a code of its own; one that breaks its plan is not', async () => {
    const made = await assemble(plan)
    const save = (body: object) => post(`/assemblies/${made.id}/form`, psychometrician!, body)
    expect((await save({ code: 'N6-X', reason: ' ' })).status).toBe(400)
    expect((await save({ code: 'BANK-A', reason: 'Pavasarim' })).status).toBe(400)
    const anchor = made.chosen.find(({ isAnchor }) => isAnchor)!
    const { items } = await world.read<{ items: AssemblySwap[] }>(
      `/assemblies/${made.id}/swaps/${anchor.code}`,
      psychometrician,
    )
    const worse = items.find(({ broken }) => broken.length > 0)!
    const step = (takenOut: string, putIn: string) =>
      post(`/assemblies/${made.id}/steps`, psychometrician!, { takenOut, putIn })
    expect((await step(anchor.code, worse.item.code)).status).toBe(200)
    expect((await save({ code: 'N6-X', reason: 'Pavasarim' })).status).toBe(409)
    expect((await step(worse.item.code, anchor.code)).status).toBe(200)
    const saved = await save({ code: 'N6-X', reason: 'Pavasarim' })
    expect(saved.status).toBe(201)
    const form = (await saved.json()) as FormDetail
    expect(form).toMatchObject({ code: 'N6-X', state: 'draft', items: 20, minutes: 60 })
    expect(
      obeys(
        form.order.map(({ item }) => item),
        plan,
      ),
    ).toEqual([])
    expect(form.order.filter(({ anchor }) => anchor)).toHaveLength(made.report.anchors)
    expect((await save({ code: 'N6-Y', reason: 'Vēlreiz' })).status).toBe(409)
    const kept = await world.read<AssemblyDetail>(`/assemblies/${made.id}`, coordinator)
    expect(kept.saved).toMatchObject({ person: 'Guntis Lācis', reason: 'Pavasarim' })
    expect(kept.form).toMatchObject({ code: 'N6-X' })
    await expect(
      asJob(world.db, (tx) => tx.query("update assessments.assembly_step set taken_out = 'x'")),
    ).rejects.toThrow('never edited')
  })
})

test('a form goes out as a QTI test for the keeper alone, and comes back as a draft for who makes forms', async () => {
  const { items } = await world.read<{ items: { id: string; code: string }[] }>('/forms', keeper)
  const form = items.find(({ code }) => code === 'N6-X')!
  expect((await world.get(`/api/v1/forms/${form.id}/package`, psychometrician)).status).toBe(404)
  const answer = await world.get(`/api/v1/forms/${form.id}/package`, keeper)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const bytes = await answer.arrayBuffer()
  const sent = (person: Signed) =>
    world.get('/api/v1/item-package', person, {
      method: 'POST',
      headers: { 'content-type': 'application/zip', 'x-csrf': person.csrf },
      body: bytes,
    })
  const listed = (await (await sent(author!)).json()) as PackageReport
  expect(listed.forms).toEqual([])
  expect(listed.findings.map(({ reason }) => reason)).toContain('test_not_yours')
  const before = await world.read<FormDetail>(`/forms/${form.id}`, psychometrician)
  await asJob(world.db, (tx) =>
    tx.query(
      `insert into assessments.duty (mandate_id, duty, valid, source)
       select m.mandate_id, 'coordinator', daterange(access.today(), null), 'planted'
         from access.mandate m join access.person p using (person_id) where p.display_name = 'Laura Siliņa'`,
    ),
  )
  const there = (await (await sent(author!)).json()) as PackageReport
  expect(there.findings.map(({ reason }) => reason)).toContain('test_there')
  await asJob(world.db, (tx) => tx.query(`update assessments.form set code = 'N6-OLD' where code = 'N6-X'`))
  const taken = (await (await sent(author!)).json()) as PackageReport
  expect(taken.forms.map(({ code }) => code)).toEqual(['N6-X'])
  const after = await world.read<FormDetail>(`/forms/${taken.forms[0]!.id}`, psychometrician)
  expect({ ...after, id: form.id }).toEqual(before)
})

test('a plan that contradicts itself is refused', async () => {
  for (const wrong of [
    { items: { least: 5, most: 4 } },
    { items: { least: 0, most: 0 } },
    { cuts: [] },
    { strands: { data: { least: 0.5, most: 0.4 } } },
    { apart: [['BANK-001']] },
    { wear: -1 },
  ]) {
    expect([wrong, (await post('/assemblies', psychometrician!, { ...plan, ...wrong })).status]).toEqual([
      wrong,
      400,
    ])
  }
})
