import type { Upload } from '#modules/intake/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { fileSize } from './file-size.ts'

/** Files that were sent and not yet imported. */
export function WaitingFiles({ uploads }: { uploads: readonly Upload[] }) {
  const language = useLanguage()
  const { t, to, instant } = language
  return (
    <WideTable label={t('imports.waiting')}>
      <thead>
        <tr>
          <th scope="col">{t('imports.file')}</th>
          <th scope="col" className="n">
            {t('imports.size')}
          </th>
          <th scope="col">{t('imports.sent')}</th>
          <th scope="col">{t('imports.until')}</th>
        </tr>
      </thead>
      <tbody>
        {uploads.map((upload) => (
          <tr key={upload.id}>
            <th scope="row">
              <a href={to('upload', { id: upload.id })}>{upload.file}</a>
            </th>
            <td className="n">{fileSize(language, upload.bytes)}</td>
            <td>{instant(upload.uploadedAt)}</td>
            <td>{upload.keptUntil ? instant(upload.keptUntil) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
