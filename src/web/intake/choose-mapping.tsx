import type { KeptMapping } from '#modules/intake/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

/** Which kept mapping a file is read by, or a new one. */
export function ChooseMapping(props: {
  id: string
  mappings: readonly KeptMapping[]
  chosen: KeptMapping | null
  csrf: string
  /** what was typed, where it was refused */
  typed: string
  fault: string | null
}) {
  const { t, to } = useLanguage()
  const { id, mappings, chosen, csrf, typed, fault } = props
  const page = to('upload', { id })
  return (
    <>
      {mappings.length === 0 ? (
        <p>{t('upload.noMappings')}</p>
      ) : (
        <form action={`${page}#rows`} className={css.form}>
          <div className={css.field}>
            <label htmlFor="mapping">{t('upload.mapping')}</label>
            <select id="mapping" name="mapping" defaultValue={chosen?.id ?? ''} required>
              <option value="" disabled>
                {t('upload.choose')}
              </option>
              {mappings.map((each) => (
                <option key={each.id} value={each.id}>
                  {t(each.latest ? 'upload.latestVersion' : 'upload.version', {
                    name: each.name,
                    version: each.version,
                  })}
                </option>
              ))}
            </select>
          </div>
          <button type="submit" className="button quiet">
            {t('upload.show')}
          </button>
        </form>
      )}
      <details className={css.more} open={mappings.length === 0 || fault !== null}>
        <summary>{t('upload.new')}</summary>
        <form method="post" action={`${page}#how`} className={css.form}>
          <input type="hidden" name="csrf" value={csrf} />
          <div className={css.field}>
            <label htmlFor="json">{t('upload.json')}</label>
            <p className="small" id="json-hint">
              {t('upload.jsonHint')}
            </p>
            {fault && (
              <p className={css.fault} id="json-fault" role="alert">
                {fault}
              </p>
            )}
            <textarea
              id="json"
              name="json"
              required
              maxLength={90_000}
              spellCheck={false}
              defaultValue={typed}
              aria-describedby={fault ? 'json-hint json-fault' : 'json-hint'}
              aria-invalid={fault ? true : undefined}
            />
          </div>
          <button type="submit" name="what" value="keep" className="button quiet">
            {t('upload.keep')}
          </button>
        </form>
      </details>
    </>
  )
}
