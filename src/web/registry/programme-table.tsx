import type { Programme } from '#modules/registry/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { type ClassifierWords, codeWord, programmeWord } from './classifier-words.ts'

/** What an institution teaches, by the code of the classification. */
export function ProgrammeTable({
  programmes,
  words,
}: {
  programmes: readonly Programme[]
  words: ClassifierWords
}) {
  const language = useLanguage()
  const { t, day } = language
  const special = programmes.some(({ specialType }) => specialType !== null)
  return (
    <WideTable label={t('register.programmes')}>
      <thead>
        <tr>
          <th scope="col">{t('register.programme.code')}</th>
          <th scope="col">{t('register.programme.language')}</th>
          <th scope="col">{t('register.programme.form')}</th>
          {special && <th scope="col">{t('register.programme.special')}</th>}
          <th scope="col">{t('register.programme.licence')}</th>
          <th scope="col">{t('register.programme.from')}</th>
        </tr>
      </thead>
      <tbody>
        {programmes.map(({ code, language: taught, form, specialType, licence, from }) => (
          <tr key={`${code} ${taught} ${form} ${specialType}`}>
            <th scope="row">
              {code} {programmeWord(language, words, code, specialType !== null)}
            </th>
            <td>{taught && codeWord(language, words, 'language', taught)}</td>
            <td>{form && codeWord(language, words, 'form', form)}</td>
            {special && (
              <td>
                {specialType && codeWord(language, words, 'special_programme_type', String(specialType))}
              </td>
            )}
            <td>{licence}</td>
            <td>{from && day(from)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
