import { isRouteErrorResponse, useLocation, useRouteError } from 'react-router'
import { Page } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import type { Problem } from '../read.ts'
import { useLanguage } from '../text/language.ts'

const known = ['not_found', 'refused', 'too_many', 'busy', 'bad_request'] as const
type Kind = (typeof known)[number] | 'broken'

/** What happened, whether anything was lost, what to try. Every refusal and every failure ends here. */
export function ErrorPage() {
  const { t, to } = useLanguage()
  const { pathname } = useLocation()
  const error = useRouteError()
  const portal = usePortal()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const problem = isRouteErrorResponse(error) ? (error.data as Partial<Problem> | null) : null
  const kind = kindOf(status)
  return (
    <Page title={t(`error.${kind}.title`)} narrow>
      <div className="section stack">
        <p className="lead">{t(`error.${kind}.what`)}</p>
        <p>{t(`error.${kind}.lost`)}</p>
        <h2>{t('error.try')}</h2>
        <ul className="bullets">
          {kind !== 'not_found' && (
            <li>
              <a href={pathname}>{t('error.again')}</a>
            </li>
          )}
          {kind === 'refused' && !portal?.me.person && (
            <li>
              <a href={to('signIn')}>{t('error.signIn')}</a>
            </li>
          )}
          <li>
            <a href={to('search')}>{t('error.search')}</a>
          </li>
          <li>
            <a href={to('home')}>{t('error.home')}</a>
          </li>
        </ul>
        <p className="small">
          {t('error.number', { status, id: problem?.requestId ?? portal?.requestId ?? '–' })}
        </p>
      </div>
    </Page>
  )
}

function kindOf(status: number): Kind {
  if (status === 404) return 'not_found'
  if (status === 401 || status === 403) return 'refused'
  if (status === 429) return 'too_many'
  if (status === 503) return 'busy'
  return status >= 400 && status < 500 ? 'bad_request' : 'broken'
}
