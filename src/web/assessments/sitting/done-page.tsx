import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { askAsChild, sittingIn } from './ask.ts'
import { ISLAND } from './island.ts'
import css from './sitting.module.css'
import { WorkFrame } from './work-frame.tsx'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const sitting = await sittingIn(context, request)
  if (!sitting || sitting.state === 'waiting' || sitting.state === 'elsewhere') throw redirect(to('sitting'))
  return { sitting }
}

/** The child says it is done. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const answer = await askAsChild(context, request, '/sittings/current/finish', { method: 'POST' })
  if (answer.status === 401 || answer.status === 409) return redirect(to('sitting'), 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(to('sittingDone'), 303)
}

/** Before the end: what is not answered yet. After it: that everything is safe. */
export default function DonePage() {
  const { sitting } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  const filled = new Set(sitting.saved.filter(({ isEmpty }) => !isEmpty).map(({ position }) => position))
  const facts = t('sitting.answeredOf', { n: filled.size, of: sitting.places })
  if (sitting.state !== 'running') {
    const title = t(sitting.state === 'finished' ? 'sitting.doneTitle' : 'sitting.overTitle')
    return (
      <div className={css.door} data-island="over">
        <title>{`${title} – ${t('shell.product')}`}</title>
        <h1>{title}</h1>
        <p className="lead">{t('sitting.allSafe')}</p>
        <p>{facts}</p>
        <p>{t('sitting.noMark')}</p>
        <p>
          <a className="button quiet" href={`${to('sitting')}?code`}>
            {t('sitting.nextChild')}
          </a>
        </p>
        <script type="module" src={ISLAND} async />
      </div>
    )
  }
  const open = Array.from({ length: sitting.places }, (_, index) => index + 1).filter(
    (place) => !filled.has(place),
  )
  return (
    <WorkFrame sitting={sitting} at={0}>
      <title>{`${t('sitting.checkTitle')} – ${t('shell.product')}`}</title>
      <h1 className={css.title} data-heading tabIndex={-1}>
        {t('sitting.checkTitle')}
      </h1>
      <div className={css.check}>
        <p>{facts}</p>
        {open.length > 0 && (
          <>
            <p>{t('sitting.stillOpen')}</p>
            <ul className={css.strip}>
              {open.map((place) => (
                <li key={place}>
                  <a href={to('sittingItem', { position: place })}>{place}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className="note">{t('sitting.finishWarns')}</p>
        <form method="post" action={to('sittingDone')} data-finish>
          <button type="submit" className="button">
            {t('sitting.finish')}
          </button>
        </form>
      </div>
    </WorkFrame>
  )
}
