import { MOST_FILE, type RoundDetail, type SentFile } from '#modules/assessments/model.ts'
import { LooksAgain } from '../../parts/looks-again.tsx'
import { Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import { Fact, Field } from './parts.tsx'
import css from './rounds.module.css'

/** MB, as a page says it. */
const MOST_MEGABYTES = MOST_FILE / 1024 ** 2

/** s between two looks of the page at a file that is being read */
const OFTEN = 3

/** Answers from paper and points given elsewhere: a file is sent, tried, looked at, then taken over or given up. */
export function SentFiles(props: {
  round: RoundDetail
  /** the page asks again by itself while the file is being read: for whoever has just sent one */
  looksAgain: boolean
}) {
  const { id, files, mostBytes } = props.round
  const { t, to, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const [latest, ...before] = files
  const isBusy = latest?.state === 'checking' || latest?.state === 'applying'
  const isOpen = latest && ['checking', 'checked', 'applying'].includes(latest.state)
  if (mostBytes === null && !latest) return null
  return (
    <Section title={t('rounds.files.title')} id="files">
      <p className={`note ${css.note}`}>{t('rounds.files.lead', { most: MOST_MEGABYTES })}</p>
      {latest && <LatestFile round={id} file={latest} mayDecide={mostBytes !== null} />}
      {mostBytes !== null && !isOpen && (
        <form method="post" encType="multipart/form-data" className={`${css.fields} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="what" value="file" />
          <Field label={t('rounds.files.file')}>
            <input type="file" name="file" accept=".csv,text/csv,text/plain" required />
          </Field>
          <button type="submit" className="button">
            {t('rounds.files.send')}
          </button>
        </form>
      )}
      {isBusy && props.looksAgain && <LooksAgain seconds={OFTEN} />}
      {isBusy &&
        (props.looksAgain ? (
          <p className="small no-print">
            {t('rounds.files.renews', { seconds: OFTEN })}{' '}
            <a href={`${to('round', { id })}#files`}>{t('rounds.files.renewsNot')}</a>
          </p>
        ) : (
          <a href={`${to('round', { id })}?again#files`}>{t('rounds.reload')}</a>
        ))}
      {before.length > 0 && (
        <details className={css.before}>
          <summary>{t('rounds.files.before')}</summary>
          <ul className="bullets">
            {before.map((file) => (
              <li key={file.id}>
                {`${file.name}: ${t(`rounds.files.state.${file.state}`)} `}
                <span className="small">
                  {t('rounds.files.sent', {
                    at: instant(file.sentAt),
                    by: file.sentBy ?? t('rounds.operator'),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function LatestFile({ round, file, mayDecide }: { round: string; file: SentFile; mayDecide: boolean }) {
  const { t, to, count, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const { report, state } = file
  const isBusy = state === 'checking' || state === 'applying'
  return (
    <div className={css.file}>
      <p role="status">
        <strong>{file.name}</strong>
        {`. ${t(`rounds.files.state.${state}`)}`}
      </p>
      <p className="small">
        {t('rounds.files.sent', { at: instant(file.sentAt), by: file.sentBy ?? t('rounds.operator') })}
      </p>
      {isBusy && <progress aria-label={t(`rounds.files.state.${state}`)} />}
      {report && report.lines > 0 && (
        <dl className={css.facts}>
          {report.kind && <Fact name={t('rounds.kind')}>{t(`rounds.files.kinds.${report.kind}`)}</Fact>}
          <Fact name={t('rounds.files.lines')}>{count(report.lines)}</Fact>
          <Fact name={t('rounds.files.pupils')}>{count(report.pupils)}</Fact>
          {report.refused === 0 && (
            <>
              <Fact name={t('rounds.files.isNew')}>{count(report.taken)}</Fact>
              <Fact name={t('rounds.files.unchanged')}>{count(report.unchanged)}</Fact>
            </>
          )}
          <Fact name={t('rounds.files.refused')}>{count(report.refused)}</Fact>
        </dl>
      )}
      {report && report.refusals.length > 0 && <Refusals report={report} />}
      {mayDecide && (state === 'checked' || state === 'checking') && (
        <form method="post" action={to('round', { id: round })} className={`${css.decide} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="file" value={file.id} />
          {state === 'checked' && (
            <button type="submit" name="what" value="take" className="button">
              {t('rounds.files.take')}
            </button>
          )}
          <button type="submit" name="what" value="drop" className="button quiet">
            {t('rounds.files.drop')}
          </button>
        </form>
      )}
    </div>
  )
}

function Refusals({ report: { refused, refusals } }: { report: NonNullable<SentFile['report']> }) {
  const { t, count } = useLanguage()
  return (
    <>
      {refused > refusals.length && (
        <p className="small">
          {t('rounds.files.first', { shown: count(refusals.length), all: count(refused) })}
        </p>
      )}
      <WideTable label={t('rounds.files.refused')}>
        <thead>
          <tr>
            <th scope="col">{t('rounds.files.line')}</th>
            <th scope="col">{t('rounds.files.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ line, reason }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn once; a line may be refused twice
            <tr key={at}>
              <th scope="row">{line === 0 ? t('rounds.files.whole') : count(line)}</th>
              <td>{t(`rounds.files.reasons.${reason}`)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  )
}
