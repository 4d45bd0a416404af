import type { HeldSection, HeldValue } from '#modules/rights/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { type Language, useLanguage } from '../text/language.ts'
import css from './held-page.module.css'

/** One kind of thing that is held, row by row; columns that say nothing in any row are left out. */
export function HeldTable({ section: { title, columns, rows } }: { section: HeldSection }) {
  const language = useLanguage()
  const { t, name } = language
  if (rows.length === 0) return <p>{t('held.nothing')}</p>
  const used = columns.map((_, at) => at).filter((at) => rows.some((row) => row[at] !== null))
  const replaced = columns.findIndex(({ key }) => key === 'replaced')
  const isOld = (row: readonly HeldValue[]) => replaced >= 0 && row[replaced] !== null
  return (
    <>
      <WideTable label={name(title)}>
        <thead>
          <tr>
            {used.map((at) => (
              <th key={at} scope="col">
                {name(columns[at]!.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no number of their own and never change place
            <tr key={at} className={isOld(row) ? css.old : undefined}>
              {used.map((column) => (
                <td key={column}>{heldText(language, columns[column]!.key, row[column]!)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {rows.some(isOld) && <p className="small">{t('held.replaced')}</p>}
    </>
  )
}

function heldText(
  { t, name, instant, day, number, year }: Language,
  column: string,
  value: HeldValue,
): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? t('held.yes') : t('held.no')
  if (typeof value === 'number') {
    return column === 'year' ? year(value) : number(value, Number.isInteger(value) ? 0 : 2)
  }
  if (typeof value !== 'string') return name(value)
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return instant(value)
  return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : value
}
