import { dayLabel, dayOf, instantLabel } from '#terms/day.ts'
import type { Locale, Words } from '#terms/locale.ts'
import { schoolYearLabel } from '#terms/school-year.ts'
import type { Held, HeldSection, HeldValue } from './model.ts'

const words = {
  title: { lv: 'Viss, kas par skolēnu glabājas', en: 'Everything that is held about a learner' },
  made: { lv: 'Sagatavots', en: 'Made on' },
  system: { lv: 'Izglītības kvalitātes monitoringa sistēma', en: 'Education quality monitoring system' },
  nothing: { lv: 'Nekas neglabājas.', en: 'Nothing is held.' },
  yes: { lv: 'jā', en: 'yes' },
  no: { lv: 'nē', en: 'no' },
} satisfies Record<string, Words>

/** What stands in a field, in the words of a language. Instants and days are those of Latvia. */
function heldText(value: HeldValue, column: string, locale: Locale): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return (value ? words.yes : words.no)[locale]
  if (typeof value === 'number' && column === 'year') return schoolYearLabel(value, locale)
  if (typeof value === 'number') return String(value).replace('.', locale === 'lv' ? ',' : '.')
  if (typeof value !== 'string') return value[locale]
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return instantLabel(new Date(value), locale)
  return /^\d{4}-\d\d-\d\d$/.test(value) ? dayLabel(value, locale) : value
}

/** Everything that is held as a document of its own, to be printed: nothing has to be fetched for it. */
export function heldDocument({ learner, madeAt, sections }: Held, locale: Locale): string {
  const title = words.title[locale]
  const made = `${words.made[locale]} ${dayLabel(dayOf(new Date(madeAt)), locale)}`
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body><header><p>${words.system[locale]}</p><h1>${title}</h1><p>${safe(learner.name ?? learner.id)}</p><p>${made}</p></header>
${sections.map((section) => sectionHtml(section, locale)).join('\n')}</body></html>`
}

function sectionHtml({ title, correct, columns, rows }: HeldSection, locale: Locale): string {
  const used = columns.map((_, at) => rows.some((row) => row[at] !== null))
  const shown = <Cell>(cells: readonly Cell[]) => cells.filter((_, at) => used[at])
  const head = shown(columns).map(({ name }) => `<th scope="col">${safe(name[locale])}</th>`)
  const body = rows.map((row) => {
    const cells = row.map((value, at) => `<td>${safe(heldText(value, columns[at]!.key, locale))}</td>`)
    return `<tr>${shown(cells).join('')}</tr>`
  })
  const table = `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
  return `<section><h2>${safe(title[locale])}</h2>${rows.length === 0 ? `<p>${words.nothing[locale]}</p>` : table}
<p class="note">${safe(correct[locale])}</p></section>`
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign]!)

const style = `@page{size:A4;margin:18mm 15mm}body{font:10pt/1.4 "Noto Sans","DejaVu Sans",sans-serif;color:#111}
h1{font-size:18pt;margin:0}h2{font-size:12pt;margin:14pt 0 4pt;break-after:avoid}header p{margin:2pt 0;color:#444}
table{border-collapse:collapse;width:100%;font-size:8.5pt}th,td{text-align:left;vertical-align:top;padding:2pt 6pt 2pt 0;border-bottom:.5pt solid #bbb}
tr{break-inside:avoid}.note{color:#444;font-size:8.5pt;margin:4pt 0}`
