import { type ActionFunctionArgs, type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { ItemDetail, type ItemState, ItemView, TriedAnswer } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read, refusal } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { type Answers, answersOf, hasTie } from './item-form/answers.ts'
import { type Adjustments, ItemForm } from './item-form/item-form.tsx'
import { wordsIn } from './item-form/words.ts'
import css from './items.module.css'

const sizes = [100, 125, 150, 200] as const
const colours = ['plain', 'contrast', 'dark', 'cream'] as const

/** What the address says about how the item is to be shown. */
function askedOf(request: Request) {
  const { searchParams } = new URL(request.url)
  const seed = Number(searchParams.get('seed') ?? 0)
  const adjustments: Adjustments = {
    size: sizes.find((size) => String(size) === searchParams.get('size')) ?? 100,
    colours: colours.find((each) => each === searchParams.get('colours')) ?? 'plain',
    wide: searchParams.has('wide'),
    support: searchParams.has('support'),
  }
  return {
    language: searchParams.get('language') || null,
    seed: Number.isSafeInteger(seed) && seed >= 0 && seed <= 1e9 ? seed : 0,
    adjustments,
  }
}

async function viewOf(context: LoaderFunctionArgs['context'], id: string, request: Request) {
  const { language, seed } = askedOf(request)
  return read(context, `/items/${encodeURIComponent(id)}/view?${query({ language, seed })}`, ItemView)
}

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const item = await read(context, `/items/${encodeURIComponent(params.id!)}`, ItemDetail)
  return { item, view: await viewOf(context, params.id!, request), ...askedOf(request) }
}

/** Scores what was answered; nothing is kept. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const { language, seed } = askedOf(request)
  const { item } = await viewOf(context, params.id!, request)
  const answers = answersOf(item, form)
  if (hasTie(item, form)) return { answers, tried: null }
  const answer = await context.get(portalContext).api(`/items/${encodeURIComponent(params.id!)}/tries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': String(form.get('csrf') ?? '') },
    body: JSON.stringify({ ...(language && { language }), seed, answers }),
  })
  if (!answer.ok) throw await refusal(answer)
  return { answers, tried: TriedAnswer.parse(await answer.json()) }
}

/** An item as a pupil gets it, with the adjustments a child may need; an answer can be tried. */
export default function PreviewPage() {
  const { item, view, language, seed, adjustments } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { t, to } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const draw = {
    answers: (done?.answers ?? {}) as Answers,
    media: (name: string) => `/api/v1/items/${item.id}/media/${encodeURIComponent(name)}`,
    words: wordsIn(view.item.language),
    prefix: '',
  }
  const { size, colours: colour, wide, support } = adjustments
  const here = query({
    language,
    seed,
    size,
    colours: colour,
    wide: wide ? 1 : null,
    support: support ? 1 : null,
  })
  return (
    <Page
      title={t('items.previewOf', { code: item.code })}
      lead={t('items.previewLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('items.title'), to: to('items') },
        { name: item.code, to: to('item', { id: item.id }) },
      ]}
    >
      <Section>
        <form className={`${css.filter} no-print`} action={to('itemPreview', { id: item.id })}>
          <Choice
            name="size"
            value={String(size)}
            options={sizes.map((each) => [String(each), `${each} %`])}
          />
          <Choice
            name="colours"
            value={colour}
            options={colours.map((each) => [each, t(`items.colour.${each}`)])}
          />
          {item.languages.length > 1 && (
            <Choice
              name="language"
              value={view.item.language}
              options={item.languages.map((each) => [each, t(`items.languages.${each}`)])}
            />
          )}
          <Tick name="wide" isOn={wide} />
          <Tick name="support" isOn={support} />
          <input type="hidden" name="seed" value={seed} />
          <button type="submit" className="button quiet">
            {t('items.adjust')}
          </button>
        </form>
        {item.suggested && beforeUse(item.state) && (
          <Note>{t('items.drafts.fromModel', { model: item.suggested.model ?? item.suggested.host })}</Note>
        )}
        {done && <Told tried={done.tried} />}
        <form method="post" action={`${to('itemPreview', { id: item.id })}?${here}`} className="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <ItemForm item={view.item} adjustments={adjustments} draw={draw} />
          <p className={css.actions}>
            <button type="submit" className="button">
              {t('items.try')}
            </button>
            <a
              className="button quiet"
              href={`${to('itemPreview', { id: item.id })}?${query({ language, seed: seed + 1, size, colours: colour, wide: wide ? 1 : null, support: support ? 1 : null })}`}
            >
              {t('items.otherOrder')}
            </a>
          </p>
        </form>
      </Section>
    </Page>
  )
}

/** What the answer is worth. */
function Told({ tried }: { tried: TriedAnswer | null }) {
  const { t } = useLanguage()
  if (!tried) return <Note>{t('items.tie')}</Note>
  if (tried.state === 'invalid') return <Note>{t('items.invalid')}</Note>
  return (
    <Note>
      <strong>{t('items.got', { points: tried.points ?? 0, most: tried.most })}</strong>
      {tried.state === 'needs_marker' && ` ${t('items.needsMarker')}`}
    </Note>
  )
}

/** Whether people still decide if an item may be used. */
const beforeUse = (state: ItemState) => !['live', 'released', 'retired'].includes(state)

function Note({ children }: { children: React.ReactNode }) {
  return (
    <p className={`note ${css.told}`} role="status">
      {children}
    </p>
  )
}

function Choice(props: {
  name: 'size' | 'colours' | 'language'
  value: string
  options: readonly (readonly [value: string, label: string])[]
}) {
  const { t } = useLanguage()
  return (
    <label>
      {t(`items.adjustment.${props.name}`)}
      <select name={props.name} defaultValue={props.value}>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function Tick({ name, isOn }: { name: 'wide' | 'support'; isOn: boolean }) {
  const { t } = useLanguage()
  return (
    <label className={css.tick}>
      <input type="checkbox" name={name} value="1" defaultChecked={isOn} /> {t(`items.adjustment.${name}`)}
    </label>
  )
}
