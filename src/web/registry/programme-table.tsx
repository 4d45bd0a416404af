import type { Programme } from '#modules/registry/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { codeWord } from './register-words.ts'

/** What an institution teaches, by the code of the classification. */
export function ProgrammeTable({ programmes }: { programmes: readonly Programme[] }) {
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
            <th scope="row">{code}</th>
            <td>{taught && codeWord(language, 'language', taught)}</td>
            <td>{form && t(`register.form.${form}`)}</td>
            {special && <td>{specialType && t(`register.special.${specialType as 51}`)}</td>}
            <td>{licence}</td>
            <td>{from && day(from)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
