import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { SupportRequest } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import css from './results.module.css'
import { askOrUndo } from './support-action.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return read(context, '/results/support-requests', z.object({ items: z.array(SupportRequest) }))
}

/** Receives the one button: a request is taken back. */
export async function action({ context, request }: ActionFunctionArgs) {
  const answer = await askOrUndo(context.get(portalContext).api, await request.formData())
  if (!answer.ok && answer.status !== 404) throw await refusal(answer)
  return redirect(languages[localeOf(new URL(request.url).pathname)].to('supportRequests'), 303)
}

/** Own learners for whom a plan of support was asked, by class and name. */
export default function SupportPage() {
  const { items } = useLoaderData<typeof loader>()
  const { t, to, day } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={t('results.supportTitle')}
      lead={t('results.supportLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('results.title'), to: to('results') },
      ]}
    >
      <Section className="stack">
        {items.length === 0 ? (
          <p>{t('results.supportNone')}</p>
        ) : (
          <>
            <WideTable label={t('results.supportTitle')}>
              <thead>
                <tr>
                  <th scope="col">{t('results.pupil')}</th>
                  <th scope="col">{t('results.className')}</th>
                  <th scope="col">{t('results.domain')}</th>
                  <th scope="col">{t('results.why')}</th>
                  <th scope="col">{t('results.since')}</th>
                  <th scope="col">{t('results.what')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, code, className, domain, reasons, madeOn }) => (
                  <tr key={id}>
                    <th scope="row">{name ?? t('results.unnamed', { code })}</th>
                    <td>{className ?? '–'}</td>
                    <td>{t(`results.domains.${domain}`)}</td>
                    <td>{reasons.map((reason) => t(`results.short.${reason}`)).join('; ')}</td>
                    <td>{day(madeOn)}</td>
                    <td>
                      <form method="post">
                        <input type="hidden" name="csrf" value={csrf} />
                        <button
                          type="submit"
                          className={css.act}
                          name="undo"
                          value={id}
                          aria-label={t('results.undoFor', {
                            name: name ?? code,
                            domain: t(`results.domains.${domain}`).toLowerCase(),
                          })}
                        >
                          {t('results.undo')}
                        </button>
                      </form>
                    </td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
            <p className="note">{t('results.audited')}</p>
          </>
        )}
      </Section>
    </Page>
  )
}
