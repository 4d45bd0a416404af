import { asActor, asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Caller, PinnedData } from '#http/route.ts'
import { callerOfMandate, type Me } from '#modules/access/index.ts'
import { listUnits, theState, type UnitRow, unitPath } from '#modules/registry/index.ts'
import { pinOf, readPin } from './pin.ts'
import { askedSet, beginSet, dropOldReports, finishSet, keepReport } from './report-set-store.ts'

/** Where the reports of single schools are had: what the API answers a caller, over given data. */
export type ReportDesk = (path: string, as: { caller: Caller; data: PinnedData }) => Promise<Response>

const AT_ONCE = 2 // reports: while one is printed, the next is drawn
const MOST_SCHOOLS = 5000

/**
 * Makes the reports of a set that was asked for. Every one is what the door for single reports answers whoever asked, over one version of
 * the data; it is kept as soon as it is made, and what is there is not made again. Where the data changed meanwhile, all are made anew.
 *
 * @param id   of `publications.report_set`
 * @returns    null where the mandate it was asked with has ended
 * @throws     an error when a report is refused for another reason than that it is not for the asker
 */
export async function makeReportSet(
  db: Database,
  id: number,
  desk: ReportDesk,
  {
    signal,
    onProgress = () => {},
  }: { signal?: AbortSignal; onProgress?: (done: number, of: number) => void } = {},
): Promise<{ schools: number; leftOut: number } | null> {
  const asked = await asJob(db, async (tx) => {
    await dropOldReports(tx)
    return askedSet(tx, id)
  })
  if (!asked) return { schools: 0, leftOut: 0 }
  const caller = await callerOfMandate(db, asked.mandateId, asked.uuid)
  if (!caller) return null
  const { data } = await readPin(db, new Date())
  const schools = await schoolsOf(db, caller, data, asked.schoolYear)
  const there = await asJob(db, (tx) =>
    beginSet(tx, id, { version: data.version.id, schools: schools.length }),
  )
  let done = there.size
  let leftOut = 0
  const { schoolYear: year, figures, language } = asked
  const left = schools.entries().filter(([at]) => !there.has(at + 1))
  const work = async () => {
    for (const [at, school] of left) {
      signal?.throwIfAborted()
      const asking = new URLSearchParams({ year: String(year), figures, language })
      const [pdf, xlsx] = await Promise.all(
        ['pdf', 'xlsx'].map((ending) =>
          fileOf(desk, `/reports/${school.uuid}/report.${ending}?${asking}`, { caller, data }),
        ),
      )
      const files = pdf && xlsx ? { pdf, xlsx } : null
      signal?.throwIfAborted()
      await asJob(db, (tx) =>
        keepReport(tx, id, { place: at + 1, name: fileName(school, at + 1, language), files }),
      )
      if (!files) leftOut += 1
      done += 1
      onProgress(done, schools.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await asJob(db, (tx) => finishSet(tx, id))
  return { schools: schools.length, leftOut }
}

/** What the door answers; null: not there for this caller. */
async function fileOf(desk: ReportDesk, path: string, as: { caller: Caller; data: PinnedData }) {
  const answer = await desk(path, as)
  if (answer.status === 404) return null
  if (answer.status !== 200) throw new Error(`a report was refused: ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** Schools that lay in the place of the caller in a school year, by name. */
async function schoolsOf(
  db: Database,
  { actor, me }: Caller,
  data: PinnedData,
  year: number,
): Promise<UnitRow[]> {
  const territory = (me as Me).mandate?.territoryId
  return asActor(db, actor, async (tx) => {
    const place =
      actor.tier === 'analyst' ? await theState(tx) : territory && (await unitPath(tx, territory))[0]
    if (!place) return []
    const ids = pinOf(data).placesOf(year).inside('school', place.id)
    return listUnits(tx, { level: 'school', ids }, null, MOST_SCHOOLS)
  })
}

/** Names a file after its school; numbered, as two schools may have one name. No sign in it that a file system refuses. */
function fileName({ name }: UnitRow, place: number, language: 'lv' | 'en'): string {
  const words = name[language].replaceAll(/[\p{Cc}"“”„*/:<>?\\|]/gu, '').trim()
  return `${String(place).padStart(4, '0')} ${words.slice(0, 100)}`
}
