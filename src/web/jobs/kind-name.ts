import type { JobKind } from '#modules/jobs/model.ts'
import type { Language } from '../text/language.ts'

const keys = {
  compute: 'compute',
  publish: 'publish',
  'rule-trial': 'ruleTrial',
  import: 'import',
  retention: 'retention',
  checks: 'checks',
  feed: 'feed',
  demo: 'demo',
  extract: 'extract',
  roster: 'roster',
  'round-file': 'roundFile',
  score: 'score',
  scale: 'scale',
  rescore: 'rescore',
  reports: 'reports',
} as const

/** What a kind of job is called. */
export function kindName({ t }: Language, kind: JobKind): string {
  return t(`jobs.kinds.${keys[kind]}`)
}
