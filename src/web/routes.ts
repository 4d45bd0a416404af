import { index, type RouteConfig, route } from '@react-router/dev/routes'
import { locales } from '../terms/locale.ts'
import { addresses, type PageKey } from './addresses.ts'

/** The file that draws each page; the same one serves both languages. */
const files: Record<PageKey, string> = {
  home: 'home/home-page.tsx',
  indicators: 'indicators/indicators-page.tsx',
  indicator: 'indicators/indicator-page.tsx',
  unitIndicator: 'indicators/unit-indicator-page.tsx',
  state: 'publications/state-page.ts',
  region: 'publications/region-page.ts',
  municipality: 'publications/municipality-page.ts',
  school: 'publications/school-page.ts',
  municipalities: 'registry/municipalities-page.tsx',
  schools: 'registry/schools-page.tsx',
  learners: 'registry/learners-page.tsx',
  findings: 'checks/findings-page.tsx',
  report: 'reports/report-page.tsx',
  extracts: 'reports/extracts-page.tsx',
  checks: 'checks/checks-page.tsx',
  jumps: 'checks/jumps-page.tsx',
  search: 'registry/search-page.tsx',
  data: 'help/data-page.tsx',
  rules: 'disclosure/missing-page.tsx',
  ruleTrials: 'disclosure/rule-trials-page.tsx',
  ruleTrial: 'disclosure/trial-page.tsx',
  releases: 'disclosure/releases-page.tsx',
  release: 'disclosure/release-page.tsx',
  help: 'help/help-page.tsx',
  classifiers: 'help/classifiers-page.tsx',
  glossary: 'help/glossary-page.tsx',
  accessibility: 'help/accessibility-page.tsx',
  privacy: 'help/privacy-page.tsx',
  demo: 'setup/demo-page.tsx',
  signIn: 'access/sign-in-page.tsx',
  signInFailed: 'access/sign-in-failed-page.tsx',
  ownLearner: 'registry/own-learner-page.tsx',
  held: 'rights/held-page.tsx',
  processing: 'rights/processing-page.tsx',
  protection: 'rights/protection-page.tsx',
  looks: 'access/looks-page.tsx',
  account: 'access/account-page.tsx',
  myWork: 'access/my-work-page.tsx',
  audit: 'access/audit-page.tsx',
  newImport: 'intake/new-import-page.tsx',
  upload: 'intake/upload-page.tsx',
  imports: 'intake/imports-page.tsx',
  import: 'intake/import-page.tsx',
  jobs: 'jobs/jobs-page.tsx',
  feeds: 'feeds/feeds-page.tsx',
  feed: 'feeds/feed-page.tsx',
  trace: 'indicators/trace-page.tsx',
  items: 'assessments/items-page.tsx',
  item: 'assessments/item-page.tsx',
  itemPreview: 'assessments/preview-page.tsx',
  itemPackage: 'assessments/package-page.tsx',
}

const pages = locales.flatMap((locale) =>
  (Object.entries(files) as [PageKey, string][]).map(([page, file]) =>
    route(`${locale}/${addresses[page][locale]}`.replace(/\/$/, ''), file, { id: `${locale}.${page}` }),
  ),
)

export default [
  index('home/choose-language.ts'),
  ...pages,
  route('*', 'errors/not-found.tsx', { id: 'not-found' }),
] satisfies RouteConfig
