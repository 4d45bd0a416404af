import type { Programme } from '#modules/registry/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { type Language, useLanguage } from '../text/language.ts'
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
            {special && <td>{specialType && specialWord(language, specialType)}</td>}
            <td>{licence}</td>
            <td>{from && day(from)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** The types of special programmes, by the number in the classification. */
const specials = {
  51: 'visual',
  52: 'hearing',
  53: 'physical',
  54: 'somatic',
  55: 'speech',
  56: 'learning',
  57: 'mental',
  58: 'intellectual',
  59: 'severe',
} as const

function specialWord({ t }: Language, type: number): string {
  return type in specials ? t(`register.special.${specials[type as keyof typeof specials]}`) : String(type)
}
