import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { Sitting } from '#modules/assessments/model.ts'
import { LooksAgain } from '../../parts/looks-again.tsx'
import { refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { bodyOf, codeOf, nextPlace, sendAsChild, sittingIn } from './ask.ts'
import { ISLAND } from './island.ts'
import css from './sitting.module.css'

const LOOK = 5 // s between two looks of a waiting room without a script

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const sitting = await sittingIn(context, request)
  const again = new URL(request.url).searchParams.has('code')
  if (!sitting || again) return { sitting: null, isElsewhere: false }
  if (sitting.state === 'running') throw redirect(to('sittingItem', { position: nextPlace(sitting) }))
  if (sitting.state === 'elsewhere') return { sitting: null, isElsewhere: true }
  if (sitting.state !== 'waiting') throw redirect(to('sittingDone'))
  return { sitting, isElsewhere: false }
}

/** Takes the code; the sitting goes into a cookie of its own. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const form = await request.formData()
  const code = String(form.get('code') ?? '').slice(0, 40)
  const attempt = String(form.get('attempt') ?? '')
  const sent = /^[0-9a-f]{32}$/.test(attempt) ? { code, attempt } : { code }
  const answer = await sendAsChild(context, request, 'POST', '/sittings', sent)
  if (answer.status === 201) {
    const headers = new Headers()
    for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
    const sitting = await bodyOf(answer, Sitting)
    const next =
      sitting.state === 'running' ? to('sittingItem', { position: nextPlace(sitting) }) : to('sitting')
    return redirect(next, { status: 303, headers })
  }
  const why = await codeOf(answer)
  const fault = faults.find((each) => each === why)
  if (!fault) throw await refusal(answer)
  return data({ fault, code }, { status: answer.status })
}

const faults = ['code_unknown', 'session_not_open', 'sitting_over', 'rate_limited'] as const

/** Where a child comes in: the code, and then waiting for the start. */
export default function SittingPage() {
  const { sitting, isElsewhere } = useLoaderData<typeof loader>()
  const { t, name, locale } = useLanguage()
  if (!sitting) return <CodeForm isElsewhere={isElsewhere} />
  return (
    <div className={css.door} data-island="waiting" data-locale={locale}>
      <title>{`${t('sitting.waitTitle')} – ${t('shell.product')}`}</title>
      <noscript>
        <LooksAgain seconds={LOOK} />
      </noscript>
      <p className={css.kicker}>{sitting.label}</p>
      <h1>{t('sitting.waitTitle')}</h1>
      <p className="lead">{t('sitting.waitLead')}</p>
      <dl className={css.facts}>
        <dt>{t('sitting.test')}</dt>
        <dd>{name(sitting.name)}</dd>
        <dt>{t('sitting.tasks')}</dt>
        <dd>{sitting.places}</dd>
        <dt>{t('sitting.time')}</dt>
        <dd>{t('sitting.minutes', { count: sitting.minutes })}</dd>
      </dl>
      <ul className="bullets">
        <li>{t('sitting.tipSaved')}</li>
        <li>{t('sitting.tipOffline')}</li>
        <li>{t('sitting.tipBack')}</li>
      </ul>
      <p role="status" data-words className={css.waits}>
        {t('sitting.waits')}
      </p>
      <script type="module" src={ISLAND} async />
    </div>
  )
}

function CodeForm({ isElsewhere }: { isElsewhere: boolean }) {
  const done = useActionData<typeof action>()
  const { t, to, locale } = useLanguage()
  const other = languages[locale === 'lv' ? 'en' : 'lv']
  return (
    <div className={css.door} data-island="door">
      <title>{`${t('sitting.codeTitle')} – ${t('shell.product')}`}</title>
      <h1>{t('sitting.codeTitle')}</h1>
      <p className="lead">{t('sitting.codeLead')}</p>
      {isElsewhere && <p className="note">{t('sitting.elsewhere')}</p>}
      <form method="post" action={to('sitting')} className={css.code}>
        <label htmlFor="code">{t('sitting.code')}</label>
        <input
          id="code"
          name="code"
          defaultValue={done?.code ?? ''}
          required
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={done ? true : undefined}
          aria-describedby={done ? 'code-fault' : 'code-hint'}
        />
        {done ? (
          <p id="code-fault" role="alert" className={css.fault}>
            {t(`sitting.fault.${done.fault}`)}
          </p>
        ) : (
          <p id="code-hint" className="small">
            {t('sitting.codeHint')}
          </p>
        )}
        {/* The script makes it up, once for a page: what is sent twice is one entering. */}
        <input type="hidden" name="attempt" />
        <button type="submit" className="button">
          {t('sitting.enter')}
        </button>
      </form>
      <p className="small">
        <a href={other.to('sitting')} lang={other.locale} hrefLang={other.locale}>
          {other.t('shell.thisLanguage')}
        </a>
      </p>
      <script type="module" src={ISLAND} async />
    </div>
  )
}
