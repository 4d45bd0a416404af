import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'
import { ISLAND } from './island.ts'

/** What can be done with a file that waits. */
export function UploadActions(props: {
  id: string
  mapping: string | null
  mayImport: boolean
  csrf: string
}) {
  const { t, to } = useLanguage()
  const { id, mapping, mayImport, csrf } = props
  return (
    <div className={css.form}>
      {mayImport ? (
        <form method="post" action={to('upload', { id })} className="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="again" value="1" />
          {mapping && <input type="hidden" name="mapping" value={mapping} />}
          <div className={css.row}>
            <button
              type="submit"
              name="what"
              value="check"
              className="button quiet"
              aria-describedby="check-what"
            >
              {t('upload.check')}
            </button>
            <span className="small" id="check-what">
              {t('upload.checkMeans')}
            </span>
          </div>
          <div className={css.row}>
            <button
              type="submit"
              name="what"
              value="import"
              className="button"
              aria-describedby="import-what"
            >
              {t('upload.import')}
            </button>
            <span className="small" id="import-what">
              {t('upload.importMeans')}
            </span>
          </div>
        </form>
      ) : (
        <p>{t('upload.cannotYet')}</p>
      )}
      <form method="post" action={to('upload', { id })}>
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" name="what" value="remove" className="button quiet">
          {t('upload.remove')}
        </button>
      </form>
      <script type="module" src={ISLAND} async />
    </div>
  )
}
