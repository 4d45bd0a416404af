import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type {
  Decision,
  PanelSummary,
  RoundToScale,
  RunDetail,
  RunSummary,
  ScalingOfRound,
  StandardInfo,
} from './model.ts'

const about = `r.code, jsonb_build_object('lv', r.name_lv, 'en', r.name_en) as name, r.domain, r.grade,
  r.school_year as "schoolYear", r.state`

const summary = `x.number, x.seed, x.reason, n.name as "askedBy", ${utc('x.asked_at')} as "askedAt",
  ${utc('x.made_at')} as "madeAt", x.in_force as "inForce", x.program, encode(x.input_hash, 'hex') as "inputHash",
  encode(x.output_hash, 'hex') as "outputHash", x.scale ->> 'name' as scale, x.scale ->> 'kind' as kind,
  (x.scale ->> 'linkError')::double precision as "linkError", x.pupils, x.flags`

const runs = `assessments.scaling_run x join assessments.round r using (round_id)
  left join lateral (select m.name from assessments.scaling_names(r.code) m where m.person_id = x.asked_by) n on true`

/** Rounds that have been given or will be, the latest first. */
export async function listRounds(tx: Tx): Promise<RoundToScale[]> {
  const { rows } = await tx.query<Omit<RoundToScale, 'inForce'>>(
    `select ${about}, assessments.scaling_hindrance(r.code, 'again') as hindrance,
            (select count(*)::integer from assessments.scaling_run x where x.round_id = r.round_id) as runs
       from assessments.round r where r.grade > 0 and r.state <> 'cancelled'
      order by r.school_year desc, r.grade, r.domain, r.code`,
  )
  const { rows: inForce } = await tx.query<RunSummary & { code: string }>(
    `select r.code, ${summary} from ${runs} where x.in_force`,
  )
  const runOf = new Map(inForce.map(({ code, ...run }) => [code, run]))
  return rows.map((round) => ({ ...round, inForce: runOf.get(round.code) ?? null }))
}

/** A round with all that was done to scale it; null where there is none. */
export async function roundByCode(tx: Tx, code: string): Promise<ScalingOfRound | null> {
  const { rows } = await tx.query<
    Pick<ScalingOfRound, 'code' | 'name' | 'domain' | 'grade' | 'schoolYear' | 'state' | 'hindrance'>
  >(
    `select ${about}, assessments.scaling_hindrance(r.code, 'again') as hindrance from assessments.round r where r.code = $1 and r.grade > 0`,
    [code],
  )
  const round = rows[0]
  if (!round) return null
  const { rows: items } = await tx.query<{ code: string; isAnchor: boolean }>(
    `select i.code, bool_or(f.is_anchor) as "isAnchor"
       from assessments.round r join assessments.round_form rf using (round_id) join assessments.form_item f using (form_id)
       join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      where r.code = $1 group by 1 order by 1`,
    [code],
  )
  return {
    ...round,
    runs: await runsOf(tx, code),
    decisions: await decisionsOf(tx, code),
    items: items.map((each) => each.code),
    anchors: items.filter(({ isAnchor }) => isAnchor).map((each) => each.code),
    panels: await listPanels(tx, code),
    standards: await standardsOf(tx, round),
  }
}

async function runsOf(tx: Tx, code: string): Promise<RunSummary[]> {
  const { rows } = await tx.query<RunSummary>(
    `select ${summary} from ${runs} where r.code = $1 order by x.number desc`,
    [code],
  )
  return rows
}

async function decisionsOf(tx: Tx, code: string): Promise<Decision[]> {
  const { rows } = await tx.query<Decision>(
    `select i.code as item, d.kind, d.reason, n.name as "madeBy", ${utc('d.made_at')} as "madeAt"
       from assessments.scaling_decision d join assessments.round r using (round_id)
       join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
       left join lateral (select m.name from assessments.scaling_names(r.code) m where m.person_id = d.made_by) n on true
      where r.code = $1 order by d.decision_id desc`,
    [code],
  )
  return rows
}

/** Panels of a round, or all, the latest first. */
export async function listPanels(tx: Tx, round: string | null): Promise<PanelSummary[]> {
  const { rows } = await tx.query<PanelSummary>(
    `select panel_uuid as id, name, round, domain, grade, state, panel_round as "panelRound"
       from assessments.my_panels() where $1::text is null or round = $1 order by made_at desc`,
    [round],
  )
  return rows
}

async function standardsOf(
  tx: Tx,
  { domain, grade }: { domain: string; grade: number },
): Promise<StandardInfo[]> {
  const { rows } = await tx.query<StandardInfo>(
    `select version, scale, from_year as "fromYear", cuts, errors, basis, ${utc('made_at')} as "madeAt"
       from assessments.standard where domain = $1 and grade = $2 order by version desc`,
    [domain, grade],
  )
  return rows
}

/** A run with its report, written into the audit trail; null where there is none, or it is not made yet. */
export async function runByNumber(tx: Tx, code: string, number: number): Promise<RunDetail | null> {
  const { rows } = await tx.query<Pick<RunDetail, 'settings' | 'scale' | 'report'>>(
    'select settings, scale, report from assessments.read_run($1, $2::smallint)',
    [code, number],
  )
  const { rows: rounds } = await tx.query<Omit<RunDetail, 'run' | 'settings' | 'scale' | 'report'>>(
    `select ${about} from assessments.round r where r.code = $1`,
    [code],
  )
  const run = (await runsOf(tx, code)).find((each) => each.number === number)
  return rows[0] && rounds[0] && run ? { ...rounds[0], ...rows[0], run } : null
}
