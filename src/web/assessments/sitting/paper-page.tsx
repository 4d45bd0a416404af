import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { SittingItem } from '#modules/assessments/model.ts'
import { refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { askAsChild, sittingIn } from './ask.ts'
import { PlaceForm } from './place-form.tsx'

const Items = z.object({ items: z.array(SittingItem) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const [sitting, answer] = await Promise.all([
    sittingIn(context, request),
    askAsChild(context, request, '/sittings/current/items'),
  ])
  if (!sitting || answer.status === 401 || answer.status === 409) throw redirect(to('sitting'))
  if (!answer.ok) throw await refusal(answer)
  return { sitting, ...Items.parse(await answer.json()) }
}

/** All items in one go: the script fetches them once, so that the work goes on without a connection. */
export default function PaperPage() {
  const { sitting, items } = useLoaderData<typeof loader>()
  const { t } = useLanguage()
  return (
    <div data-places>
      <title>{`${t('sitting.allTasks')} – ${t('shell.product')}`}</title>
      <h1>{t('sitting.allTasks')}</h1>
      {items.map((place) => (
        <PlaceForm
          key={place.position}
          place={place}
          places={sitting.places}
          participant={sitting.participant}
          adjusted={sitting.adjusted}
        />
      ))}
    </div>
  )
}
