import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Board, BoardNames, type BoardRow } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { LooksAgain } from '../../parts/looks-again.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import css from './board.module.css'

const AGAIN = 10 // s until a page without the script is drawn anew
const ISLAND = '/islands/board.js'
const MORE = 5 // minutes given at a time

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const id = encodeURIComponent(params.id!)
  const board = await read(context, `/sessions/${id}/board`, Board)
  const named = await context.get(portalContext).api(`/sessions/${id}/board/names`)
  const names = named.ok ? BoardNames.parse(await named.json()).items : []
  return { board, names, isRefused: new URL(request.url).searchParams.has('refused') }
}

/** Opens, starts or ends the session; gives minutes, or lets somebody in again. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const step = said('step')
  const one = said('participant')
  const isOne = step === 'minutes' || step === 'admit'
  const path = `/sessions/${encodeURIComponent(params.id!)}/board${isOne ? `/${encodeURIComponent(one)}` : ''}`
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    body: JSON.stringify(step === 'minutes' ? { step, minutes: MORE } : { step }),
  })
  if (!answer.ok && answer.status !== 409) throw await refusal(answer)
  const page = languages[localeOf(new URL(request.url).pathname)].to('board', { id: params.id! })
  return redirect(answer.ok ? page : `${page}?refused`, 303)
}

const states = ['expected', 'absent', 'exempt', 'waiting', 'working', 'time_over', 'done'] as const
const inLatvian = new Intl.Collator('lv', { numeric: true })

/** Who of a session is where. Whoever leads it types nothing. */
export default function BoardPage() {
  const { board, names, isRefused } = useLoaderData<typeof loader>()
  const { t, to, name, instant, locale } = useLanguage()
  const called = new Map(names.map((each) => [each.participant, each.name]))
  const rows = board.rows
    .map((row, at) => ({ ...row, called: called.get(row.participant) ?? t('board.nameless', { n: at + 1 }) }))
    .toSorted((a, b) => inLatvian.compare(a.called, b.called))
  const words = {
    live: t('board.live'),
    lost: t('board.lost'),
    there: t('board.there'),
    away: t('board.away'),
    states: Object.fromEntries(states.map((state) => [state, t(`board.pupil.${state}`)])),
  }
  return (
    <Page
      title={t('board.title', { session: board.label })}
      lead={`${name(board.name)} · ${t('sitting.minutes', { count: board.minutes })}`}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('board.roomsTitle'), to: to('rooms') },
      ]}
    >
      <Section className="stack">
        <div
          data-island="board"
          data-events={`/api/v1/sessions/${board.id}/board/events`}
          data-state={board.state}
          data-locale={locale}
          data-words={JSON.stringify(words)}
          className={css.board}
        >
          <noscript>
            <LooksAgain seconds={AGAIN} />
          </noscript>
          {isRefused && (
            <p role="alert" className="note">
              {t('board.refused')}
            </p>
          )}
          <Steps board={board} />
          <dl className={css.counts}>
            <Count of="waiting" board={board} />
            <Count of="working" board={board} />
            <Count of="done time_over" board={board} word="done" />
            <Count of="expected" board={board} />
          </dl>
          <p className="small" data-live role="status">
            {t('board.asOf', { time: instant(board.now) })}
          </p>
          <WideTable label={t('board.pupils')}>
            <thead>
              <tr>
                <th scope="col">{t('board.pupilName')}</th>
                <th scope="col">{t('board.state')}</th>
                <th scope="col">{t('board.connection')}</th>
                <th scope="col" className="n">
                  {t('board.answered')}
                </th>
                <th scope="col">{t('board.last')}</th>
                <th scope="col" className="n">
                  {t('board.left')}
                </th>
                <th scope="col">{t('board.help')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.participant} row={row} board={board} />
              ))}
            </tbody>
          </WideTable>
          <p className="note">{t('learners.audited')}</p>
          <script type="module" src={ISLAND} async />
        </div>
      </Section>
    </Page>
  )
}

function Steps({ board }: { board: Board }) {
  const { t, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const steps = (
    { planned: ['open'], waiting: ['start', 'end'], running: ['end'], ended: ['start'] } as const
  )[board.state]
  const isOver = board.roundState !== 'rostered' && board.roundState !== 'open'
  return (
    <div className={css.steps}>
      <p>
        <strong>{t(`board.room.${board.state}`)}.</strong>{' '}
        {isOver
          ? t('board.over')
          : board.mayStart || board.state === 'running'
            ? t(`board.todo.${board.state}`)
            : t('board.closed', { time: instant(board.closesAt) })}
      </p>
      <form method="post" className={css.row}>
        <input type="hidden" name="csrf" value={csrf} />
        {(isOver ? [] : steps).map((step, at) => (
          <button
            key={step}
            type="submit"
            name="step"
            value={step}
            className={at === 0 && step !== 'end' ? 'button' : 'button quiet'}
            disabled={step !== 'end' && !board.mayStart}
          >
            {t(step === 'start' && board.state === 'ended' ? 'board.step.again' : `board.step.${step}`)}
          </button>
        ))}
      </form>
    </div>
  )
}

function Count({ of, board, word = of }: { of: string; board: Board; word?: string }) {
  const { t } = useLanguage()
  const wanted = of.split(' ')
  return (
    <div>
      <dt>{t(`board.pupil.${word as BoardRow['state']}`)}</dt>
      <dd data-count={of}>{board.rows.filter(({ state }) => wanted.includes(state)).length}</dd>
    </div>
  )
}

function Row({ row, board }: { row: BoardRow & { called: string }; board: Board }) {
  const { t, clock } = useBoardTimes()
  const csrf = usePortal()?.me.csrf ?? ''
  const isThere = row.state === 'waiting' || row.state === 'working'
  const left = row.endsAt
    ? Math.max(0, Math.ceil((Date.parse(row.endsAt) - Date.parse(board.now)) / 60_000))
    : null
  const mayAdd = board.state === 'running' && (row.state === 'working' || row.state === 'time_over')
  return (
    <tr data-row={row.participant} data-state={row.state} data-away={isThere && !row.isConnected}>
      <th scope="row">{row.called}</th>
      <td data-cell="state">{t(`board.pupil.${row.state}`)}</td>
      <td data-cell="link">{isThere ? t(row.isConnected ? 'board.there' : 'board.away') : ''}</td>
      <td data-cell="answered" className="n">
        {row.answered} / {row.places}
      </td>
      <td data-cell="last">{row.last ? `${row.last.position}. · ${clock(row.last.at)}` : '–'}</td>
      <td data-cell="left" className="n">
        {left === null || row.state !== 'working' ? '–' : t('board.min', { n: left })}
      </td>
      <td>
        {(mayAdd || (board.state === 'running' && row.state === 'done')) && (
          <form method="post" className={css.row}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="participant" value={row.participant} />
            {row.state === 'done' ? (
              <button type="submit" name="step" value="admit" className={css.small}>
                {t('board.step.admit')}
                <span className="hidden"> {row.called}</span>
              </button>
            ) : (
              <button type="submit" name="step" value="minutes" className={css.small}>
                {t('board.step.minutes', { n: MORE })}
                <span className="hidden"> {row.called}</span>
              </button>
            )}
          </form>
        )}
        {row.extraMinutes > 0 && <span className="small">{t('board.extra', { n: row.extraMinutes })}</span>}
      </td>
    </tr>
  )
}

function useBoardTimes() {
  const { t, locale } = useLanguage()
  const time = new Intl.DateTimeFormat(locale === 'lv' ? 'lv' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'Europe/Riga',
  })
  return { t, clock: (at: string) => time.format(new Date(at)) }
}
