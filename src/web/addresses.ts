import type { Locale } from '#terms/locale.ts'

/**
 * Every page with its address in both languages: Latvian words in Latvian addresses, English in English ones. An
 * address with a year in it shows the same year for ever; without, the latest.
 */
export const addresses = {
  home: { lv: '', en: '' },
  indicators: { lv: 'raditaji', en: 'indicators' },
  indicator: { lv: 'raditaji/:code/:year?', en: 'indicators/:code/:year?' },
  unitIndicator: { lv: 'vietas/:id/raditaji/:code/:year?', en: 'places/:id/indicators/:code/:year?' },
  state: { lv: 'valsts/:year?', en: 'state/:year?' },
  region: { lv: 'regioni/:id/:year?', en: 'regions/:id/:year?' },
  municipalities: { lv: 'pasvaldibas', en: 'municipalities' },
  municipality: { lv: 'pasvaldibas/:id/:year?', en: 'municipalities/:id/:year?' },
  schools: { lv: 'skolas', en: 'schools' },
  school: { lv: 'skolas/:id/:year?', en: 'schools/:id/:year?' },
  learners: { lv: 'skolas/:id/skoleni', en: 'schools/:id/learners' },
  classes: { lv: 'klases', en: 'classes' },
  class: { lv: 'klases/:id', en: 'classes/:id' },
  findings: { lv: 'skolas/:id/parbaudes', en: 'schools/:id/checks' },
  extracts: { lv: 'izraksti', en: 'extracts' },
  reportSets: { lv: 'skolu-parskati', en: 'school-reports' },
  report: { lv: 'parskats/:id/:year?', en: 'report/:id/:year?' },
  checks: { lv: 'datu-parbaudes', en: 'data-checks' },
  jumps: { lv: 'datu-parbaudes/lecieni', en: 'data-checks/jumps' },
  search: { lv: 'meklet', en: 'search' },
  data: { lv: 'dati', en: 'data' },
  rules: { lv: 'noteikumi', en: 'rules' },
  ruleTrials: { lv: 'noteikumi/izmeginajumi', en: 'rules/trials' },
  ruleTrial: { lv: 'noteikumi/izmeginajumi/:id', en: 'rules/trials/:id' },
  releases: { lv: 'laidieni', en: 'releases' },
  release: { lv: 'laidieni/:number', en: 'releases/:number' },
  help: { lv: 'paligs', en: 'help' },
  classifiers: { lv: 'paligs/klasifikatori', en: 'help/classifiers' },
  glossary: { lv: 'paligs/vardnica', en: 'help/glossary' },
  accessibility: { lv: 'pieklustamiba', en: 'accessibility' },
  privacy: { lv: 'privatums', en: 'privacy' },
  demo: { lv: 'parauga-dati', en: 'sample-data' },
  signIn: { lv: 'ieiet', en: 'sign-in' },
  signInFailed: { lv: 'ieiet/neizdevas', en: 'sign-in/failed' },
  ownLearner: { lv: 'mani-rezultati', en: 'my-results' },
  held: { lv: 'mani-dati', en: 'my-data' },
  processing: { lv: 'datu-apstrade', en: 'processing' },
  protection: { lv: 'datu-subjektu-tiesibas', en: 'data-rights' },
  looks: { lv: 'kas-skatijies', en: 'who-looked' },
  account: { lv: 'konts', en: 'account' },
  myWork: { lv: 'mans-darbs', en: 'my-work' },
  newImport: { lv: 'ielades/jauna', en: 'imports/new' },
  upload: { lv: 'ielades/faili/:id', en: 'imports/files/:id' },
  imports: { lv: 'ielades', en: 'imports' },
  import: { lv: 'ielades/:id', en: 'imports/:id' },
  jobs: { lv: 'fona-darbi', en: 'jobs' },
  feeds: { lv: 'plusmas', en: 'feeds' },
  feed: { lv: 'plusmas/:id', en: 'feeds/:id' },
  items: { lv: 'uzdevumi', en: 'items' },
  item: { lv: 'uzdevumi/:id', en: 'items/:id' },
  itemPreview: { lv: 'uzdevumi/:id/skats', en: 'items/:id/preview' },
  levels: { lv: 'paligs/limeni', en: 'help/levels' },
  observations: { lv: 'noverojumi', en: 'observations' },
  observedGroup: { lv: 'noverojumi/grupas/:id/:year', en: 'observations/groups/:id/:year' },
  observedChild: { lv: 'noverojumi/berni/:id/:year', en: 'observations/children/:id/:year' },
  preschoolGroups: { lv: 'pirmsskola', en: 'preschool' },
  preschoolGroup: { lv: 'pirmsskola/:id/:year', en: 'preschool/:id/:year' },
  preschoolProfile: { lv: 'mani-rezultati/pirmsskola', en: 'my-results/preschool' },
  marking: { lv: 'labosana', en: 'marking' },
  markingPlace: { lv: 'labosana/:id', en: 'marking/:id' },
  markingReport: { lv: 'labosana/:id/saskana', en: 'marking/:id/agreement' },
  secondLooks: { lv: 'labosana/parskatisana', en: 'marking/second-looks' },
  itemPackage: { lv: 'uzdevumi/pakotne', en: 'items/package' },
  results: { lv: 'rezultati', en: 'results' },
  ownResult: { lv: 'rezultati/mani/:round', en: 'results/own/:round' },
  classResults: { lv: 'rezultati/klases/:id', en: 'results/classes/:id' },
  classSheets: { lv: 'rezultati/klases/:id/lapas', en: 'results/classes/:id/sheets' },
  placeResults: { lv: 'rezultati/vietas/:id/:round', en: 'results/places/:id/:round' },
  schoolResults: { lv: 'rezultati/skolas/:id', en: 'results/schools/:id' },
  supportRequests: { lv: 'rezultati/atbalsts', en: 'results/support' },
  resultRelease: { lv: 'rezultati/izlaide', en: 'results/release' },
  sitting: { lv: 'darbs', en: 'test' },
  sittingDone: { lv: 'darbs/beigas', en: 'test/end' },
  sittingPaper: { lv: 'darbs/visi', en: 'test/all' },
  sittingItem: { lv: 'darbs/:position', en: 'test/:position' },
  rooms: { lv: 'darba-vadisana', en: 'sessions' },
  board: { lv: 'darba-vadisana/:id', en: 'sessions/:id' },
  rounds: { lv: 'monitoringa-darbi', en: 'monitoring-rounds' },
  newRound: { lv: 'monitoringa-darbi/jauns', en: 'monitoring-rounds/new' },
  forms: { lv: 'monitoringa-darbi/varianti', en: 'monitoring-rounds/forms' },
  newForm: { lv: 'monitoringa-darbi/varianti/jauns', en: 'monitoring-rounds/forms/new' },
  newAssembly: { lv: 'monitoringa-darbi/varianti/salikt', en: 'monitoring-rounds/forms/assemble' },
  assembly: { lv: 'monitoringa-darbi/varianti/salikt/:id', en: 'monitoring-rounds/forms/assemble/:id' },
  form: { lv: 'monitoringa-darbi/varianti/:id', en: 'monitoring-rounds/forms/:id' },
  ownSessions: { lv: 'monitoringa-darbi/skola', en: 'monitoring-rounds/school' },
  session: { lv: 'monitoringa-darbi/skola/:id', en: 'monitoring-rounds/school/:id' },
  sessionCodes: { lv: 'monitoringa-darbi/skola/:id/kodi', en: 'monitoring-rounds/school/:id/codes' },
  round: { lv: 'monitoringa-darbi/:id', en: 'monitoring-rounds/:id' },
  scaling: { lv: 'skalosana', en: 'scaling' },
  scalingRound: { lv: 'skalosana/:code', en: 'scaling/:code' },
  scalingRun: { lv: 'skalosana/:code/:number', en: 'scaling/:code/:number' },
  scalingPanels: { lv: 'skalosana/komisijas', en: 'scaling/panels' },
  scalingPanel: { lv: 'skalosana/komisijas/:id', en: 'scaling/panels/:id' },
  audit: { lv: 'parskatamiba', en: 'audit' },
  trace: { lv: 'skaitla-cels', en: 'trace' },
} as const satisfies Record<string, Record<Locale, string>>

export type PageKey = keyof typeof addresses
export type PageParams = Readonly<Record<string, string | number | null | undefined>>

/** The address of a page, e.g. `address('lv', 'school', { id, year: 2026 })` → `/lv/skolas/…/2026`. */
export function address(locale: Locale, page: PageKey, params: PageParams = {}): string {
  const steps = addresses[page][locale].split('/').flatMap((step) => {
    if (!step.startsWith(':')) return step === '' ? [] : [step]
    const value = params[step.replace(/^:|\?$/g, '')]
    if (value !== undefined && value !== null) return [encodeURIComponent(value)]
    if (step.endsWith('?')) return []
    throw new RangeError(`address of ${page} requires ${step}`)
  })
  return ['', locale, ...steps].join('/')
}
