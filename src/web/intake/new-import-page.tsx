import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { Upload } from '#modules/intake/model.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { type Problem, read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { fileSize } from './file-size.ts'
import css from './intake.module.css'
import { ISLAND } from './island.ts'
import { Steps } from './steps.tsx'

const Uploads = z.object({ items: z.array(Upload), mostBytes: z.number().nullable() })

export async function loader({ context }: LoaderFunctionArgs) {
  return { mostBytes: (await read(context, '/uploads', Uploads)).mostBytes }
}

/** Hands the form on to the API as it arrives: a file may be larger than the memory of this process. */
export async function action({ context, request }: ActionFunctionArgs) {
  const locale = localeOf(new URL(request.url).pathname)
  const answer = await context.get(portalContext).api('/uploads', {
    method: 'POST',
    headers: {
      'content-type': request.headers.get('content-type') ?? '',
      'accept-language': locale,
      ...(request.headers.has('content-length') && {
        'content-length': request.headers.get('content-length')!,
      }),
    },
    body: request.body,
    duplex: 'half',
  } as RequestInit)
  if (answer.ok) {
    const { id } = (await answer.json()) as Upload
    return redirect(languages[locale].to('upload', { id }), 303)
  }
  if (answer.status !== 400 && answer.status !== 413) throw await refusal(answer)
  const { errors, detail } = (await answer.json()) as Problem & { errors?: { message: string }[] }
  return data({ fault: errors?.[0]?.message ?? detail ?? '' }, { status: answer.status })
}

/** Where a steward sends a file: the first of four steps. */
export default function NewImportPage() {
  const { mostBytes } = useLoaderData<typeof loader>()
  const fault = useActionData<typeof action>()?.fault
  const language = useLanguage()
  const { t, to } = language
  return (
    <Page
      title={t('newImport.title')}
      lead={t('newImport.lead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('imports.title'), to: to('imports') },
      ]}
    >
      <Section className="stack">
        <Steps at="file" />
        {mostBytes === null ? (
          <p>{t('newImport.closed')}</p>
        ) : (
          <SendForm fault={fault} mostBytes={mostBytes} />
        )}
      </Section>
    </Page>
  )
}

function SendForm({ fault, mostBytes }: { fault: string | undefined; mostBytes: number }) {
  const language = useLanguage()
  const { t, to } = language
  const csrf = usePortal()?.me.csrf ?? ''
  const most = fileSize(language, mostBytes)
  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={to('newImport')}
      className={css.form}
      data-island="upload"
      data-csrf={csrf}
      data-most={mostBytes}
      data-too-large={t('newImport.tooLarge', { most })}
      data-broken={t('newImport.broken')}
      data-none={t('newImport.none')}
      data-sent={t('newImport.sent', { done: '{done}', of: '{of}' })}
      data-whole={t('newImport.whole')}
      data-next={to('upload', { id: 'ID' })}
      data-locale={language.locale}
    >
      {/* Before the file, so that it is known before the first byte of the file. */}
      <input type="hidden" name="csrf" value={csrf} />
      <div className={css.field}>
        <label htmlFor="file">{t('newImport.file')}</label>
        <p className="small" id="file-hint">
          {t('newImport.fileHint', { most })}
        </p>
        <p className={css.fault} id="file-fault" role="alert">
          {fault}
        </p>
        <input
          type="file"
          id="file"
          name="file"
          accept=".csv,.txt,.zip,text/csv,application/zip"
          required
          aria-describedby="file-hint file-fault"
          aria-invalid={fault ? true : undefined}
        />
      </div>
      <div className={css.progress} data-progress hidden>
        <progress max={1} aria-label={t('newImport.sending')} />
        <span role="status" />
        <button type="button" className="button quiet">
          {t('newImport.cancel')}
        </button>
      </div>
      <button type="submit" className="button">
        {t('newImport.send')}
      </button>
      <p className="small">{t('newImport.kept')}</p>
      <script type="module" src={ISLAND} async />
    </form>
  )
}
