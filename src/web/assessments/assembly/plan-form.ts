import type { AssemblyPlan } from '#modules/assessments/model.ts'

type Limits = { least: number; most: number }

/** A number as people write it: decimal comma, spaces; null: nothing was written. */
function numberOf(form: FormData, name: string): number | null {
  const said = String(form.get(name) ?? '')
    .replaceAll(/\s/g, '')
    .replace(',', '.')
  return said === '' ? null : Number(said)
}

const limitsOf = (form: FormData, name: string): Limits => ({
  least: numberOf(form, `${name}.least`) ?? 0,
  most: numberOf(form, `${name}.most`) ?? 0,
})

/** Shares are written in per cent; a cell with nothing in it demands nothing. */
function shareOf(form: FormData, name: string): Limits | null {
  const least = numberOf(form, `${name}.least`)
  const most = numberOf(form, `${name}.most`)
  return least === null && most === null ? null : { least: (least ?? 0) / 100, most: (most ?? 100) / 100 }
}

/** Codes as they are written: one after the other, with commas or spaces between. */
const codesOf = (text: string) =>
  text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)

/** The plan that a form of the page says; the API has the last word on whether it is one. */
export function planOf(form: FormData): unknown {
  const text = (name: string) => String(form.get(name) ?? '')
  const names = [...new Set(form.keys())]
  /** e.g. `share.numbers.` and `share..know` */
  const shares = names.flatMap((name) => {
    const [, strand, process] = /^share\|([^|]*)\|([^|]*)\.least$/.exec(name) ?? []
    const limits = strand === undefined ? null : shareOf(form, name.slice(0, -'.least'.length))
    return limits ? [{ strand: strand!, process: process!, ...limits }] : []
  })
  const side = (of: 'strand' | 'process', other: 'strand' | 'process') =>
    Object.fromEntries(
      shares
        .filter((each) => each[of] !== '' && each[other] === '')
        .map((each) => [each[of], { least: each.least, most: each.most }]),
    )
  return {
    domain: text('domain'),
    grade: Number(text('grade')),
    items: limitsOf(form, 'items'),
    points: limitsOf(form, 'points'),
    minutes: limitsOf(form, 'minutes'),
    strands: side('strand', 'process'),
    processes: side('process', 'strand'),
    cells: shares.filter(({ strand, process }) => strand !== '' && process !== ''),
    anchors: limitsOf(form, 'anchors'),
    anchorForm: text('anchorForm') || null,
    cuts: text('cuts')
      .split(/[\s;]+/)
      .filter(Boolean)
      .map((each) => Number(each.replace(',', '.'))),
    error: numberOf(form, 'error'),
    mostExposure: (numberOf(form, 'mostExposure') ?? 100) / 100,
    wear: numberOf(form, 'wear') ?? 0,
    apart: text('apart')
      .split('\n')
      .map(codesOf)
      .filter((codes) => codes.length > 0),
    always: codesOf(text('always')),
    never: codesOf(text('never')),
  }
}

/** Limits of a place of the blueprint; empty strings are margins. */
export function limitsAt(plan: AssemblyPlan, strand: string, process: string): Limits | undefined {
  if (strand !== '' && process !== '')
    return plan.cells.find((cell) => cell.strand === strand && cell.process === process)
  return strand === '' ? plan.processes[process] : plan.strands[strand]
}
