import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { type HeldAnswer, interactionsOf, MarkersPlace, MarkSuggestion } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import type { Answers } from '../item-form/answers.ts'
import { ItemForm } from '../item-form/item-form.tsx'
import { wordsIn } from '../item-form/words.ts'
import { HintBox } from './hint-box.tsx'
import css from './marking.module.css'
import { Bar } from './marking-page.tsx'
import { PointsForm } from './points-form.tsx'
import { said, send } from './send.ts'

const Suggestions = z.object({ items: z.array(MarkSuggestion) })
/** Why something was not taken, as the address says it. */
const refusals = ['wrong_state', 'invalid_request', 'undo'] as const

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const place = await read(context, `/marking/rounds/${encodeURIComponent(params.id!)}`, MarkersPlace)
  return {
    ...place,
    refused: refusals.find((each) => each === searchParams.get('refused')) ?? null,
    isDone: searchParams.has('done') && place.answer === null,
  }
}

/** Receives the forms of the page: take an answer, give points, take the last mark back, look at a suggestion. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const what = said(form, 'what')
  const round = `/rounds/${encodeURIComponent(params.id!)}`
  const page = languages[localeOf(new URL(request.url).pathname)].to('markingPlace', { id: params.id! })
  if (what === 'hint') {
    const answer = await send(context, `${round}/suggestions`, form)
    if (answer.status === 404) return redirect(page, 303)
    if (!answer.ok) throw await refusal(answer)
    return { task: said(form, 'task'), suggestions: Suggestions.parse(await answer.json()).items }
  }
  const answer =
    what === 'mark'
      ? await send(context, `${round}/marks`, form, {
          task: said(form, 'task'),
          points: Number(said(form, 'points') || Number.NaN),
        })
      : what === 'undo'
        ? await send(context, `${round}/undo`, form)
        : await send(context, `${round}/next`, form, { item: said(form, 'item') || null })
  if (answer.ok) return redirect(`${page}?done`, 303)
  if (answer.status === 409)
    return redirect(`${page}?refused=${what === 'undo' ? 'undo' : 'wrong_state'}`, 303)
  if (answer.status === 400) return redirect(`${page}?refused=invalid_request`, 303)
  throw await refusal(answer)
}

/** A marker's place: one answer, what is asked for, and points by digit or by a press. */
export default function PlacePage() {
  const { round, answer, refused, isDone } = useLoaderData<typeof loader>()
  const hint = useActionData<typeof action>()
  const { t, to, count, name } = useLanguage()
  const own = answer && round.items.find(({ code }) => code === answer.code)
  const mine = round.items.reduce((sum, each) => sum + each.mine, 0)
  return (
    <Page
      title={t('marking.placeTitle', { round: name(round.name) })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('marking.title'), to: to('marking') },
      ]}
    >
      {refused && (
        <p className={`note ${css.told}`} role="status">
          {t(`marking.refused.${refused}`)}
        </p>
      )}
      {own && (
        <div>
          <p className={`small ${css.progress}`}>
            {own.code} · {t('marking.progress', { done: count(own.done), of: count(own.answers) })} ·{' '}
            {t('marking.mine')}: {count(mine)}
          </p>
          <Bar share={own.answers === 0 ? 0 : own.done / own.answers} />
        </div>
      )}
      {answer ? (
        <Place
          answer={answer}
          suggestions={hint && hint.task === answer.id ? hint.suggestions : null}
          isFirst={own?.mine === 0}
        />
      ) : (
        <Section>
          <p>{isDone ? t('marking.nothingLeft') : t('marking.nothingHeld')}</p>
        </Section>
      )}
      <div className={css.actions}>
        {!answer && <Step what="next" button={t('marking.begin')} isMain />}
        {mine > 0 && <Step what="undo" button={t('marking.undo')} />}
      </div>
    </Page>
  )
}

function Place({
  answer,
  suggestions,
  isFirst,
}: {
  answer: HeldAnswer
  suggestions: MarkSuggestion[] | null
  isFirst: boolean
}) {
  const { t, instant } = useLanguage()
  const draw = {
    answers: answer.answers as Answers,
    media: (name: string) => `/api/v1/marking/tasks/${answer.id}/media/${encodeURIComponent(name)}`,
    words: wordsIn(answer.item.language),
    prefix: '',
  }
  // Where more was asked than this one question, what else the child answered may matter.
  const hasMore = interactionsOf(answer.item.body).length > 1
  return (
    <div className={`section ${css.place}`}>
      <div>
        <h2>{t('marking.answer')}</h2>
        <blockquote className={css.answer} lang={answer.item.language}>
          {String(answer.answers[answer.response] ?? '')}
        </blockquote>
        <details className={css.question} open={isFirst || hasMore}>
          <summary>{t('marking.question')}</summary>
          <fieldset disabled>
            <ItemForm
              item={answer.item}
              adjustments={{ size: 100, colours: 'plain', wide: false, support: false }}
              draw={draw}
            />
          </fieldset>
        </details>
      </div>
      <div>
        <h2>{t('marking.rubric')}</h2>
        <PointsForm answer={answer} />
        <p className={`small ${css.until}`}>{t('marking.until', { until: instant(answer.until) })}</p>
        {suggestions ? (
          <HintBox suggestions={suggestions} />
        ) : (
          <div className={css.actions}>
            <Step what="hint" button={t('marking.hint')} task={answer.id} />
            <p className="small">{t('marking.hintNote')}</p>
          </div>
        )}
      </div>
    </div>
  )
}

function Step(props: { what: 'next' | 'undo' | 'hint'; button: string; task?: string; isMain?: boolean }) {
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <form method="post">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value={props.what} />
      {props.task && <input type="hidden" name="task" value={props.task} />}
      <button type="submit" className={props.isMain ? 'button' : 'button quiet'}>
        {props.button}
      </button>
    </form>
  )
}
