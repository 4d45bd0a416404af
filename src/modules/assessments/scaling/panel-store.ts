import type { Tx } from '#db/actor.ts'
import type { Duty } from '../lifecycle.ts'
import type { Content } from '../model.ts'
import { sharesAt } from './impact.ts'
import type { PanelDetail, PanelSummary, RunReport } from './model.ts'
import { listPanels } from './reading-store.ts'

/** A panel as the caller may see it; null where there is none. */
export async function panelById(tx: Tx, id: string, duties: readonly Duty[]): Promise<PanelDetail | null> {
  const panel = (await listPanels(tx, null)).find((each) => each.id === id)
  if (!panel) return null
  const leads = duties.includes('psychometrician')
  const { rows: booklet } = await tx.query<PanelDetail['booklet'][number] & { mastery: number }>(
    `select x.place, i.code, x.points, case when $2 then x.location end as location, p.mastery
       from assessments.panel p join assessments.panel_place x using (panel_id)
       join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      where p.panel_uuid = $1 order by x.place`,
    [id, leads],
  )
  const { rows: mine } = await tx.query<{ place: number }>(
    `select b.place from assessments.panel p join assessments.bookmark b using (panel_id, panel_round)
      where p.panel_uuid = $1 and b.person_id = (select m.person_id from access.my_mandate() m) order by b.cut`,
    [id],
  )
  return {
    ...panel,
    leads,
    sits: duties.includes('panellist') && panel.state === 'open',
    mastery: booklet[0]?.mastery ?? 0,
    booklet: booklet.map(({ place, code, points, location }) => ({ place, code, points, location })),
    mine: mine.map(({ place }) => place),
    medians: await mediansOf(tx, panel),
  }
}

async function mediansOf(tx: Tx, panel: PanelSummary): Promise<PanelDetail['medians']> {
  const { rows } = await tx.query<{
    panelRound: number
    cut: number
    median: number
    spread: number | null
    n: number
  }>(
    `select panel_round as "panelRound", cut, median, spread, panellists as n from assessments.panel_medians($1)`,
    [panel.id],
  )
  const { rows: impact } = await tx.query<{
    impact: Pick<RunReport, 'bandwidth' | 'histogram'> | null
  }>('select assessments.panel_impact($1) as impact', [panel.id])
  const spread = impact[0]?.impact ?? null
  return [...new Set(rows.map(({ panelRound }) => panelRound))].map((panelRound) => {
    const own = rows.filter((row) => row.panelRound === panelRound)
    const cuts = own.map(({ median }) => median)
    return {
      panelRound,
      panellists: Math.max(...own.map(({ n }) => n)),
      cuts,
      spreads: own.map((row) => row.spread),
      shares: spread && sharesAt(spread, cuts),
    }
  })
}

/** Words of the item at a place of the booklet; written into the audit trail. Null where the caller may not read it. */
export async function panelItem(
  tx: Tx,
  id: string,
  place: number,
): Promise<{ code: string; content: Content } | null> {
  const { rows } = await tx.query<{ code: string; content: Content }>(
    'select code, content from assessments.read_panel_item($1, $2::smallint)',
    [id, place],
  )
  return rows[0] ?? null
}

/** A picture of that item. */
export async function panelMedia(
  tx: Tx,
  id: string,
  place: number,
  name: string,
): Promise<{ type: string; bytes: Uint8Array } | null> {
  const { rows } = await tx.query<{ type: string; bytes: Uint8Array }>(
    'select media_type as type, bytes from assessments.read_panel_media($1, $2::smallint, $3)',
    [id, place, name],
  )
  return rows[0] ?? null
}

/** What a function of the database answers: null or why not. */
export async function answer(tx: Tx, call: string, values: readonly unknown[]): Promise<string | null> {
  const { rows } = await tx.query<{ why: string | null }>(`select ${call} as why`, values)
  return rows[0]!.why
}

/** Whether a function of the database did what it was asked for. */
export async function isDone(tx: Tx, call: string, values: readonly unknown[]): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(`select ${call} as done`, values)
  return rows[0]!.done
}
