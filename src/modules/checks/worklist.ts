import type { Tx } from '#db/actor.ts'
import type { Check } from './define.ts'
import type { Scores, Worklist } from './model.ts'
import {
  faultsByCheck,
  goneIn,
  latestRuns,
  nextArrival,
  ownInstitution,
  scoreOf,
  scoresByCheck,
  scoresByUnit,
  scoresOverTime,
  sealedNames,
  standingFindings,
  thingNames,
} from './store.ts'

/** Opens a sealed name or code of this system. */
export type OpenSealed = (secret: 'name' | 'code', sealed: Buffer) => string

/**
 * What an institution has to look at, in the order of the checks. A school reads people by name, and that is written down; a
 * municipality reads what is not about people, and of the rest how many.
 *
 * @param institution  uuid
 * @returns            null where the caller does not answer for it
 */
export async function worklist(
  tx: Tx,
  tier: 'school' | 'municipality',
  institution: string,
  { checks, open }: { checks: readonly Check[]; open: OpenSealed },
): Promise<Worklist | null> {
  const own = await ownInstitution(tx, tier, institution)
  if (!own) return null
  const [run, before] = await latestRuns(tx, 2)
  const rows = await standingFindings(tx, own.id)
  const names = await thingNames(tx, rows)
  if (tier === 'school') {
    for (const { key, sealedName, sealedCode } of await sealedNames(tx, own.id, rows)) {
      names.set(key, sealedName ? open('name', sealedName) : open('code', sealedCode))
    }
  }
  const order = new Map(checks.map(({ code }, at) => [code, at]))
  const place = (code: string) => order.get(code) ?? checks.length
  const faults = run ? await faultsByCheck(tx, own.id, run.id) : []
  const untold = faults.map(({ check, faults }) => ({
    check,
    count: faults - rows.filter((row) => row.check === check).length,
  }))
  return {
    institution: { id: own.uuid, name: own.name },
    run: run ? withoutId(run) : null,
    nextImportAt: await nextArrival(tx),
    score: run ? await scoreOf(tx, own.id, run.id) : null,
    before: before ? await scoreOf(tx, own.id, before.id) : null,
    gone: run ? await goneIn(tx, own.id, run.id) : 0,
    items: rows
      .toSorted((a, b) => place(a.check) - place(b.check))
      .map(({ subjectId, ...row }) => ({ ...row, name: names.get(`${row.subject} ${subjectId}`) ?? null })),
    untold: untold.filter(({ count }) => count > 0).toSorted((a, b) => place(a.check) - place(b.check)),
  }
}

/** Scores as far as the caller sees them: of a school its own, of a municipality those of its schools, of the analyst all. */
export async function scores(tx: Tx, checks: readonly Check[]): Promise<Scores> {
  const [run, before] = await latestRuns(tx, 2)
  if (!run) return { run: null, total: null, runs: [], checks: [], municipalities: [], institutions: [] }
  const byCode = new Map(
    (await scoresByCheck(tx, run.id, before?.id ?? null)).map((each) => [each.check, each]),
  )
  const inOrder = checks.flatMap(({ code }) => byCode.get(code) ?? [])
  const sum = (part: 'asked' | 'faults') => inOrder.reduce((total, { score }) => total + score[part], 0)
  return {
    run: withoutId(run),
    total: { asked: sum('asked'), faults: sum('faults') },
    runs: await scoresOverTime(tx, 12),
    checks: inOrder,
    municipalities: await scoresByUnit(tx, 'municipality', run.id, before?.id ?? null),
    institutions: await scoresByUnit(tx, 'institution', run.id, before?.id ?? null),
  }
}

function withoutId<Run extends { id: number }>({ id: _, ...run }: Run): Omit<Run, 'id'> {
  return run
}
