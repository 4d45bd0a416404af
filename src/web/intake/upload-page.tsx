import { type ActionFunctionArgs, type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { z } from 'zod'
import { KeptMapping, Preview, Upload } from '#modules/intake/model.ts'
import { Job } from '#modules/jobs/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { ChooseMapping } from './choose-mapping.tsx'
import { fileSize } from './file-size.ts'
import { PreviewTables } from './preview-tables.tsx'
import { Steps } from './steps.tsx'
import { uploadAction } from './upload-action.ts'
import { UploadActions } from './upload-actions.tsx'
import { UploadNotes } from './upload-notes.tsx'
import { UploadProgress } from './upload-progress.tsx'

const Mappings = z.object({ items: z.array(KeptMapping) })

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const path = `/uploads/${encodeURIComponent(params.id!)}`
  const before = await read(context, path, Upload)
  const { searchParams } = new URL(request.url)
  const [mappings, job] = await Promise.all([
    read(context, '/mappings', Mappings).then(({ items }) => items),
    before.job ? read(context, `/jobs/${before.job}`, Job) : null,
  ])
  const isBusy = job?.state === 'waiting' || job?.state === 'running'
  // A job that ended meanwhile has noted before what it came to.
  const upload = job && !isBusy ? await read(context, path, Upload) : before
  const latest = mappings.filter(({ latest }) => latest)
  const wanted = searchParams.get('mapping') ?? (latest.length === 1 ? latest[0]!.id : null)
  const mapping = upload.format === 'csv' ? (mappings.find(({ id }) => id === wanted) ?? null) : null
  const canRead = upload.state === 'waiting' && !isBusy && (mapping !== null || upload.format === 'zip')
  const preview = canRead
    ? await read(context, `/uploads/${upload.id}/preview?${query({ mapping: mapping?.id })}`, Preview)
    : null
  return { upload, mappings, mapping, preview, job, isBusy, looksAgain: searchParams.has('again') }
}

export const action = (args: ActionFunctionArgs) => uploadAction(args)

/** A file on its way: how it will be read, then how far its check or import is, then where the report is. */
export default function UploadPage() {
  const { upload, mappings, mapping, preview, job, isBusy, looksAgain } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const language = useLanguage()
  const { t, to, instant } = language
  const csrf = usePortal()?.me.csrf ?? ''
  const waits = upload.state === 'waiting' && !isBusy
  return (
    <Page
      title={upload.file}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('imports.title'), to: to('imports') },
      ]}
      facts={
        <>
          <span>{fileSize(language, upload.bytes)}</span>
          <span>{t('upload.sentAt', { at: instant(upload.uploadedAt) })}</span>
          {upload.keptUntil && waits && (
            <span>{t('upload.keptUntil', { at: instant(upload.keptUntil) })}</span>
          )}
        </>
      }
      lead={leadOf(language, upload, isBusy)}
    >
      <Section className="stack">
        <Steps at={isBusy ? 'running' : waits ? 'reading' : 'report'} />
        <UploadNotes upload={upload} job={job} fault={refused?.fault ?? null} />
        {isBusy && job && <UploadProgress upload={upload} job={job} csrf={csrf} looksAgain={looksAgain} />}
      </Section>
      {waits && (
        <>
          <Section title={t('upload.how')} id="how">
            {upload.format === 'zip' ? (
              <p>{t('upload.package')}</p>
            ) : (
              <ChooseMapping
                id={upload.id}
                mappings={mappings}
                chosen={mapping}
                csrf={csrf}
                typed={refused?.typed ?? ''}
                fault={refused?.mappingFault ?? null}
              />
            )}
          </Section>
          {preview && (
            <Section title={t('upload.rows')} id="rows">
              <PreviewTables preview={preview} />
            </Section>
          )}
          <Section title={t('upload.then')}>
            <UploadActions
              id={upload.id}
              mapping={mapping?.id ?? null}
              mayImport={preview?.problem === null && preview.tables.every(({ fault }) => fault === null)}
              csrf={csrf}
            />
          </Section>
        </>
      )}
    </Page>
  )
}

function leadOf({ t }: Language, { state, dryRun }: Upload, isBusy: boolean): string {
  if (isBusy) return t(dryRun ? 'upload.lead.checking' : 'upload.lead.importing')
  return t(`upload.lead.${state}`)
}
