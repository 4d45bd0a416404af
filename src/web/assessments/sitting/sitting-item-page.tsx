import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { SittingItem } from '#modules/assessments/model.ts'
import { notFound, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { answersOf, hasTie } from '../item-form/answers.ts'
import { askAsChild, bodyOf, codeOf, sendAsChild, sittingIn } from './ask.ts'
import { PlaceForm } from './place-form.tsx'
import css from './sitting.module.css'
import { WorkFrame } from './work-frame.tsx'

type Context = LoaderFunctionArgs['context']

async function placeOf(
  context: Context,
  request: Request,
  position: number,
): Promise<SittingItem | Response> {
  if (!Number.isInteger(position) || position < 1 || position > 999) throw notFound()
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const answer = await askAsChild(context, request, `/sittings/current/items/${position}`)
  if (answer.status === 401 || answer.status === 409) return redirect(to('sitting'))
  if (!answer.ok) throw await refusal(answer)
  return bodyOf(answer, SittingItem)
}

const whys = ['tie', 'newer', 'refused'] as const

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const [place, sitting] = await Promise.all([
    placeOf(context, request, Number(params.position)),
    sittingIn(context, request),
  ])
  if (place instanceof Response) throw place
  if (!sitting) throw redirect(languages[localeOf(new URL(request.url).pathname)].to('sitting'))
  const why = new URL(request.url).searchParams.get('why')
  return { place, sitting, why: whys.find((each) => each === why) ?? null }
}

/** Saves what the form of one item says, and goes on; for a browser without the script. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const form = await request.formData()
  const position = Number(params.position)
  const place = await placeOf(context, request, position)
  if (place instanceof Response) return place
  const here = (why: (typeof whys)[number]) => redirect(`${to('sittingItem', { position })}?why=${why}`, 303)
  if (hasTie(place.item, form)) return here('tie')
  const answers = answersOf(place.item, form)
  const sent = Number(form.get('revision'))
  if (!isSame(answers, place.answers)) {
    const answer = await sendAsChild(context, request, 'PUT', `/sittings/current/answers/${position}`, {
      participant: String(form.get('participant') ?? ''),
      revision: Number.isInteger(sent) && sent >= 0 ? sent + 1 : 1,
      answers,
    })
    if (answer.status === 409)
      return (await codeOf(answer)) === 'answer_stale' ? here('newer') : redirect(to('sitting'), 303)
    if (answer.status === 400) return here('refused')
    if (!answer.ok) throw await refusal(answer)
  }
  const go = String(form.get('go') ?? '')
  if (go === 'end') return redirect(to('sittingDone'), 303)
  return redirect(to('sittingItem', { position: /^\d{1,3}$/.test(go) ? go : position }), 303)
}

const isSame = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  canonical(one) === canonical(other)

function canonical(answers: Record<string, unknown>): string {
  return JSON.stringify(
    Object.entries(answers)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, sorted(value)]),
  )
}

/** Pairs with their sides in one order: the database keeps the names of a pair in its own. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((each) => (typeof each === 'object' ? [each.left, each.right] : each))
}

/** One item on the screen of a child. */
export default function SittingItemPage() {
  const { place, sitting, why } = useLoaderData<typeof loader>()
  const { t } = useLanguage()
  const title = t('sitting.taskOf', { n: place.position, of: sitting.places })
  return (
    <WorkFrame sitting={sitting} at={place.position}>
      <title>{`${title} – ${t('shell.product')}`}</title>
      <h1 className={css.title} data-heading tabIndex={-1}>
        {title}
      </h1>
      <div data-places>
        <PlaceForm
          place={place}
          places={sitting.places}
          participant={sitting.participant}
          adjusted={sitting.adjusted}
          fault={why && t(`sitting.say.${why}`)}
        />
      </div>
    </WorkFrame>
  )
}
