import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { PanelSummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { PanelList } from './panel-list.tsx'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return read(context, '/scaling/panels', z.object({ items: z.array(PanelSummary) }))
}

/** Panels somebody sits on. */
export default function PanelsPage() {
  const { items } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  return (
    <Page
      title={t('scaling.panels')}
      lead={t('scaling.panelLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        <PanelList panels={items} />
      </Section>
    </Page>
  )
}
