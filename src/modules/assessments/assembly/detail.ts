import type { Tx } from '#db/actor.ts'
import type { Place } from '../content/item.ts'
import { shippedForms } from '../shipped/forms.ts'
import { aimsOf, bankRows, fixedForms, readAssembly } from './assembly-store.ts'
import { type OfferedItem, offerOf, usualScale } from './bank.ts'
import type { AssemblyBank, AssemblyDetail, AssemblyPlan } from './model.ts'
import { reportOf, toldItem } from './report.ts'

/** Where a form is to tell most as long as no standard says where levels begin, points. */
const USUAL_CUTS = [400, 500, 600]

/** What the bank offers for a plan. */
export async function offerFor(
  tx: Tx,
  { domain, grade, anchorForm }: Pick<AssemblyPlan, 'domain' | 'grade' | 'anchorForm'>,
): Promise<OfferedItem[]> {
  return (await offered(tx, domain, grade, anchorForm)).offer
}

async function offered(tx: Tx, domain: string, grade: number, anchors: string | null) {
  const aims = await aimsOf(tx, domain, grade)
  const rows = await bankRows(tx, domain, grade, anchors)
  const scale = aims.scale ?? usualScale(rows)
  return { aims, scale, offer: offerOf(rows, scale, aims.forms) }
}

/** What the bank has for a form of a domain and grade, with a plan to begin with. */
export async function askedBank(
  tx: Tx,
  domain: Place['domain'],
  grade: number,
  anchors: string | null,
): Promise<AssemblyBank> {
  const { aims, scale, offer } = await offered(tx, domain, grade, anchors)
  const cuts = aims.cuts?.map((cut) => Math.round(cut)) ?? USUAL_CUTS
  return {
    plan: planToBegin(domain, grade, cuts, anchors),
    scale,
    isStandard: aims.cuts !== null,
    forms: await fixedForms(tx, domain),
    items: offer.map((item) => toldItem(item, cuts)),
  }
}

/** As the forms that come with the product; nobody has decided otherwise yet. */
function planToBegin(
  domain: Place['domain'],
  grade: number,
  cuts: number[],
  anchorForm: string | null,
): AssemblyPlan {
  const shipped =
    shippedForms.find((form) => form.domain === domain && form.grade === grade) ??
    shippedForms.find((form) => form.domain === domain)!
  const { points, strands, processes } = shipped.blueprint
  return {
    domain,
    grade,
    items: { least: 30, most: 30 },
    points,
    minutes: { least: 30, most: 80 },
    strands: { ...strands },
    processes: { ...processes },
    cells: [],
    anchors: anchorForm === null ? { least: 0, most: 0 } : { least: 6, most: 12 },
    anchorForm,
    cuts,
    error: null,
    mostExposure: 1,
    wear: 0.1,
    apart: [],
    always: [],
    never: [],
  }
}

/** What was put together, as the bank stands now; null where there is none. */
export async function detailOf(
  tx: Tx,
  id: string,
  by: 'assembly' | 'form' = 'assembly',
): Promise<AssemblyDetail | null> {
  const kept = await readAssembly(tx, id, by)
  if (!kept) return null
  const { codes, ...rest } = kept
  const offer = await offerFor(tx, rest.plan)
  const chosen = codes.flatMap((code) => offer.find((item) => item.code === code) ?? [])
  const gone = codes.filter((code) => !offer.some((item) => item.code === code))
  const report = reportOf(offer, codes, rest.plan)
  return {
    ...rest,
    chosen: chosen.map((item) => toldItem(item, rest.plan.cuts)),
    gone,
    report,
    isReady:
      rest.saved === null &&
      codes.length > 0 &&
      gone.length + report.broken.length + report.outOfRules.length === 0,
  }
}
