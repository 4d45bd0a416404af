import type { ExtractFileInfo, ExtractRequest } from '#modules/disclosure/model.ts'
import { fileSize } from '../intake/file-size.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { type Language, useLanguage } from '../text/language.ts'
import css from './extracts.module.css'

/** One extract: which years, when, until when, and its files or why there is none. */
export function ExtractCard({ extract }: { extract: ExtractRequest }) {
  const language = useLanguage()
  const { t, instant, dayOfInstant, shortYear, count, name } = language
  const { firstYear, lastYear, files, madeAt, untilAt } = extract
  const years =
    firstYear === lastYear ? shortYear(firstYear) : `${shortYear(firstYear)} – ${shortYear(lastYear)}`
  const address = `/api/v1/extracts/${extract.id}`
  return (
    <article className={css.card}>
      <h3>{years}</h3>
      <p className="small">
        {t('extracts.askedAt', { at: instant(extract.askedAt) })} ·{' '}
        {madeAt && untilAt ? t('extracts.until30', { day: dayOfInstant(untilAt) }) : t('extracts.waits')}
      </p>
      {madeAt && files.length === 0 && <p>{t('extracts.nothing')}</p>}
      {files.length > 0 && (
        <>
          <WideTable label={t('extracts.filesOf', { years })}>
            <thead>
              <tr>
                <th scope="col">{t('extracts.file')}</th>
                <th scope="col">{t('extracts.what')}</th>
                <th scope="col" className="n">
                  {t('extracts.rows')}
                </th>
                <th scope="col" className="n">
                  {t('extracts.leftOut')}
                </th>
                <th scope="col" className="n">
                  {t('extracts.alike')}
                </th>
                <th scope="col" className="n">
                  {t('extracts.size')}
                </th>
              </tr>
            </thead>
            <tbody>
              {files.map((file) => (
                <tr key={file.name}>
                  <th scope="row">
                    {file.bytes === null ? (
                      file.name
                    ) : (
                      <a href={`${address}/files/${file.name}`}>{file.name}</a>
                    )}
                  </th>
                  <td>
                    {name(file.title)}
                    {file.refused !== null && <p className="small">{whyNot(language, file)}</p>}
                  </td>
                  <td className="n">{file.refused === null ? count(file.rows) : '–'}</td>
                  <td className="n">{file.refused === null ? count(file.leftOut) : '–'}</td>
                  <td className="n">{file.k === null ? '–' : count(file.k)}</td>
                  <td className="n">{file.bytes === null ? '–' : fileSize(language, file.bytes)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
          <p>
            <a href={`${address}/codebook.json`}>{t('extracts.codebook')}</a>
          </p>
        </>
      )}
    </article>
  )
}

function whyNot({ t }: Language, { refused }: ExtractFileInfo): string {
  return t(refused === 'linkage' ? 'extracts.refused.linkage' : 'extracts.refused.demand')
}
