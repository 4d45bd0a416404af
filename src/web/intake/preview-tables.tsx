import type { Preview, PreviewCell, PreviewField, PreviewTable } from '#modules/intake/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

const SHORT = 28 // characters that stay on one line

/** The first lines of a file, or of every file of a package, as an import will read them. */
export function PreviewTables({ preview }: { preview: Preview }) {
  const { t, name, count } = useLanguage()
  if (preview.problem) {
    return (
      <div className={css.warn}>
        <p>{name(preview.problem.message)}</p>
        <p className="small">
          {t('import.rule')} <code>{preview.problem.code}</code>
        </p>
      </div>
    )
  }
  const wrong = preview.tables.reduce((sum, table) => sum + wrongLines(table), 0)
  const lines = preview.tables.reduce((sum, table) => sum + table.lines.length, 0)
  return (
    <div className="stack">
      <p>{t('upload.rowsLead')}</p>
      {lines > 0 && (
        <p role="status">
          <b>
            {wrong === 0
              ? t('upload.allWell', { count: lines, n: count(lines) })
              : t('upload.someWrong', { n: count(wrong), of: count(lines) })}
          </b>
        </p>
      )}
      {preview.tables.map((table) => (
        <OneFile key={table.file} table={table} named={preview.tables.length > 1} />
      ))}
    </div>
  )
}

function wrongLines({ lines }: PreviewTable): number {
  return lines.filter(isWrong).length
}

function isWrong({ cells, refusals }: Pick<PreviewTable['lines'][number], 'cells' | 'refusals'>): boolean {
  return refusals.length > 0 || cells.some(({ refusal }) => refusal !== null)
}

function OneFile({ table, named }: { table: PreviewTable; named: boolean }) {
  const { t, name, count } = useLanguage()
  return (
    <div className="stack">
      {named && <h3>{table.file}</h3>}
      {table.fault && (
        <div className={css.warn}>
          <p>
            <b>{t('upload.faultAt', { line: count(table.fault.line) })}</b> {name(table.fault.message)}
          </p>
          <p className="small">
            {t('import.rule')} <code>{table.fault.rule}</code>
          </p>
        </div>
      )}
      <Faults table={table} />
      {table.lines.length > 0 && (
        <WideTable label={named ? table.file : t('upload.rows')}>
          <thead className={css.preview}>
            <tr>
              <th scope="col" className="n">
                {t('import.line')}
              </th>
              {table.fields.map((field) => (
                <th key={field.path} scope="col">
                  {name(field.label)}
                  <small>{field.columns.length > 0 ? field.columns.join(' + ') : t('upload.constant')}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={css.preview}>
            {table.lines.map(({ line, cells, refusals }) => (
              <tr key={line}>
                <th scope="row" className={isWrong({ cells, refusals }) ? `n ${css.wrong}` : 'n'}>
                  {count(line)}
                </th>
                {cells.map((cell, at) => (
                  <Cell key={table.fields[at]!.path} cell={cell} field={table.fields[at]!} />
                ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </div>
  )
}

/** What is wrong, line by line, before the table: on a phone most of the table is out of sight. */
function Faults({ table: { fields, lines } }: { table: PreviewTable }) {
  const { t, name, count } = useLanguage()
  const faults = lines.flatMap(({ line, cells, refusals }) => [
    ...refusals.map((refusal) => ({ line, column: '', refusal })),
    ...cells.flatMap(({ refusal }, at) =>
      refusal ? [{ line, column: fields[at]!.columns.join(' + '), refusal }] : [],
    ),
  ])
  const different = faults.filter(
    (each, at) => at === faults.findIndex((other) => keyOf(other) === keyOf(each)), // one column may feed several fields
  )
  if (different.length === 0) return null
  return (
    <ul className={`bullets ${css.faults}`}>
      {different.map((each) => (
        <li key={keyOf(each)}>
          {t('upload.faultAt', { line: count(each.line) })} {each.column && <code>{each.column}</code>}{' '}
          {name(each.refusal.message)}
        </li>
      ))}
    </ul>
  )
}

function keyOf({ line, column, refusal }: { line: number; column: string; refusal: { rule: string } }) {
  return `${line} ${column} ${refusal.rule}`
}

/** What is understood; what the file has is shown too where it is written otherwise. */
function Cell({ cell: { raw, value, refusal }, field }: { cell: PreviewCell; field: PreviewField }) {
  const { t, name } = useLanguage()
  if (refusal) {
    return (
      <td className={css.wrong}>
        {raw !== null && raw !== '' && <span className={css.raw}>{raw}</span>}
        <p className={css.why}>{name(refusal.message)}</p>
      </td>
    )
  }
  if (field.secret) {
    return (
      <td>
        <span aria-hidden="true">•••</span>
        <span className="hidden">{t('upload.secret')}</span>
      </td>
    )
  }
  const isSame = raw === null || raw === '' || value?.includes(raw)
  return (
    <td className={(value ?? '').length <= SHORT ? css.short : undefined}>
      {value ?? '–'}
      {!isSame && <span className={css.raw}>{raw}</span>}
    </td>
  )
}
