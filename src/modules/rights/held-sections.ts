import type { Words } from '#terms/locale.ts'

/** A kind of thing that is held about a learner: where it lies, what it is called, and where it is corrected. */
export interface Section {
  key: string
  title: Words
  tables: readonly string[]
  correct: Words
  /** columns of its rows, in order */
  columns: Readonly<Record<string, Words>>
  /** columns whose codes have words */
  coded?: readonly string[]
}

const inRegister = {
  lv: 'Kļūdu labo skola Valsts izglītības informācijas sistēmā (VIIS); pēc nākamās ielādes tā ir izlabota arī šeit.',
  en: 'The school corrects a mistake in the state education information system (VIIS); with the next import it is corrected here too.',
}
const inTests = {
  lv: 'Kļūdu labo Valsts pārbaudījumu sistēmā (VPS): vērsieties skolā, par vērtējumu iesniedziet apelāciju.',
  en: 'A mistake is corrected in the state examination system (VPS): turn to the school; about a mark, lodge an appeal.',
}
const inMonitoring = {
  lv: 'Vērsieties skolā: tā izskaidros rezultātu, parādīs darbu un, ja kaut kas nav pareizi, lūgs to pārskatīt.',
  en: 'Turn to the school: it explains the result, shows the work and, where something is not right, asks for it to be looked at again.',
}
const inPopulation = {
  lv: 'Kļūdu labo Fizisko personu reģistrā (PMLP).',
  en: 'A mistake is corrected in the Register of Natural Persons (PMLP).',
}
const inStatistics = {
  lv: 'To nosaka Centrālā statistikas pārvalde; par kļūdu vērsieties tur. Ienākumu šajā sistēmā nav.',
  en: 'The Central Statistical Bureau finds it; turn there about a mistake. This system holds no income.',
}
const here = {
  lv: 'To raksta šī sistēma. Par kļūdu rakstiet datu aizsardzības speciālistam.',
  en: 'This system writes it. About a mistake, write to the data protection officer.',
}

const valid = {
  from: { lv: 'Spēkā no', en: 'Holds from' },
  until: { lv: 'Spēkā līdz', en: 'Holds until' },
}
const known = {
  source: { lv: 'Avots', en: 'Source' },
  heard: { lv: 'Saņemts', en: 'Received' },
  replaced: { lv: 'Aizstāts ar labojumu', en: 'Replaced by a correction' },
}

/** Everything that is held, in the order it is shown. A test finds tables with learners that are missing here. */
export const sections = [
  {
    key: 'identity',
    title: { lv: 'Identitāte', en: 'Identity' },
    tables: ['identity.person', 'identity.earlier_code', 'registry.learner'],
    correct: inPopulation,
    columns: {
      name: { lv: 'Vārds, uzvārds', en: 'Name' },
      code: { lv: 'Personas kods vai numurs', en: 'Personal code or number' },
      earlier: {
        lv: 'Agrāki kodi (glabājas tikai to nospiedumi)',
        en: 'Earlier codes (only their hashes are kept)',
      },
      id: { lv: 'Numurs šajā sistēmā', en: 'Number in this system' },
      heard: known.heard,
    },
  },
  {
    key: 'description',
    title: { lv: 'Dzimums un dzimšanas mēnesis', en: 'Sex and month of birth' },
    tables: ['registry.learner_version'],
    correct: inRegister,
    columns: {
      sex: { lv: 'Dzimums', en: 'Sex' },
      born: { lv: 'Dzimšanas mēnesis', en: 'Month of birth' },
      ...valid,
      ...known,
    },
    coded: ['sex'],
  },
  {
    key: 'circumstances',
    title: {
      lv: 'Dzīvesvieta, pilsonība, speciālās vajadzības',
      en: 'Residence, citizenship, special needs',
    },
    tables: ['registry.learner_circumstance'],
    correct: inRegister,
    columns: {
      territory: { lv: 'Pašvaldība', en: 'Municipality' },
      parish: { lv: 'Pagasts vai pilsēta (kods)', en: 'Parish or town (code)' },
      citizenship: { lv: 'Pilsonības grupa', en: 'Citizenship group' },
      need: { lv: 'Speciālās vajadzības', en: 'Special needs' },
      ...valid,
      ...known,
    },
  },
  {
    key: 'enrolments',
    title: { lv: 'Mācību vietas', en: 'Places of study' },
    tables: ['registry.enrolment'],
    correct: inRegister,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      grade: { lv: 'Klase', en: 'Grade' },
      className: { lv: 'Klases nosaukums', en: 'Class' },
      main: { lv: 'Pamata mācību vieta', en: 'Main place of study' },
      programme: { lv: 'Programma', en: 'Programme' },
      repeated: { lv: 'Otrreiz tajā pašā klasē', en: 'Grade repeated' },
      reason: { lv: 'Aiziešanas iemesls', en: 'Reason for leaving' },
      minutes: { lv: 'Ceļš uz skolu, min', en: 'Way to school, min' },
      ...valid,
      ...known,
    },
  },
  {
    key: 'results',
    title: { lv: 'Pārbaudījumu rezultāti', en: 'Results of tests' },
    tables: ['records.result'],
    correct: inTests,
    columns: {
      test: { lv: 'Pārbaudījums', en: 'Test' },
      year: { lv: 'Mācību gads', en: 'School year' },
      points: { lv: 'Punkti', en: 'Points' },
      status: { lv: 'Statuss', en: 'Status' },
      parts: { lv: 'Punkti pa daļām', en: 'Points of the parts' },
      school: { lv: 'Iestāde', en: 'Institution' },
      ...known,
    },
    coded: ['status'],
  },
  {
    key: 'rounds',
    title: { lv: 'Dalība monitoringa darbos', en: 'Taking part in monitoring tests' },
    tables: ['assessments.participant'],
    correct: inMonitoring,
    columns: {
      test: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      taken: { lv: 'Dalība', en: 'Participation' },
      started: { lv: 'Sākts', en: 'Started' },
      finished: { lv: 'Pabeigts', en: 'Finished' },
    },
    coded: ['taken'],
  },
  {
    key: 'outcomes',
    title: { lv: 'Monitoringa darbu rezultāti', en: 'Results of monitoring tests' },
    tables: ['assessments.outcome'],
    correct: inMonitoring,
    columns: {
      test: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
      year: { lv: 'Mācību gads', en: 'School year' },
      points: { lv: 'Skalas punkti', en: 'Points of the scale' },
      error: { lv: 'Standartkļūda', en: 'Standard error' },
      level: { lv: 'Līmenis', en: 'Level' },
      cause: { lv: 'Kāpēc šāds', en: 'Why so' },
      from: { lv: 'No', en: 'From' },
      until: { lv: 'Līdz', en: 'Until' },
    },
    coded: ['cause'],
  },
  {
    key: 'wishes',
    title: {
      lv: 'Ģimenes lūgumi pārskatīt monitoringa darbu',
      en: 'Wishes of the family to have a monitoring test looked at again',
    },
    tables: ['assessments.look_wish'],
    correct: inMonitoring,
    columns: {
      test: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
      year: { lv: 'Mācību gads', en: 'School year' },
      reason: { lv: 'Ko ģimene rakstīja', en: 'What the family wrote' },
      at: { lv: 'Kad', en: 'When' },
    },
  },
  {
    key: 'lookedAgain',
    title: { lv: 'Atkārtoti pārskatītas atbildes', en: 'Answers that were looked at again' },
    tables: ['assessments.appeal'],
    correct: inMonitoring,
    columns: {
      test: { lv: 'Monitoringa darbs', en: 'Monitoring test' },
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde, kas lūdza', en: 'Institution that asked' },
      place: { lv: 'Uzdevums', en: 'Item' },
      reason: { lv: 'Ko skola rakstīja', en: 'What the school wrote' },
      before: { lv: 'Punkti iepriekš', en: 'Points before' },
      points: { lv: 'Punkti tagad', en: 'Points now' },
      at: { lv: 'Kad lūgts', en: 'When asked' },
      decided: { lv: 'Kad pārskatīts', en: 'When decided' },
    },
  },
  {
    key: 'support',
    title: { lv: 'Lūgumi sākt atbalsta plānu', en: 'Requests to begin a plan of support' },
    tables: ['assessments.support_request'],
    correct: inMonitoring,
    columns: {
      domain: { lv: 'Joma', en: 'Domain' },
      school: { lv: 'Iestāde', en: 'Institution' },
      from: { lv: 'No', en: 'From' },
      until: { lv: 'Līdz', en: 'Until' },
    },
    coded: ['domain'],
  },
  {
    key: 'progress',
    title: { lv: 'Izaugsme starp monitoringa darbiem', en: 'Growth between monitoring tests' },
    tables: ['growth.progress'],
    correct: inMonitoring,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      domain: { lv: 'Joma', en: 'Domain' },
      before: { lv: 'Agrākais rezultāts', en: 'Earlier result' },
      points: { lv: 'Skalas punkti', en: 'Points of the scale' },
      percentile: {
        lv: 'Cik no simta skolēniem ar tādu pašu sākumu apsteigti',
        en: 'Outgrown, of a hundred who started level',
      },
      school: { lv: 'Iestāde', en: 'Institution' },
    },
    coded: ['domain'],
  },
  {
    key: 'observations',
    title: { lv: 'Pirmsskolas vērojumi', en: 'Preschool observations' },
    tables: ['assessments.observation'],
    correct: inMonitoring,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      statement: { lv: 'Apgalvojums (kods)', en: 'Statement (code)' },
      step: { lv: 'Solis: 1–3', en: 'Step: 1–3' },
      undone: { lv: 'Atsaukts', en: 'Taken back' },
      at: { lv: 'Kad', en: 'When' },
    },
  },
  {
    key: 'marks',
    title: { lv: 'Atzīmes', en: 'Marks' },
    tables: ['records.marks'],
    correct: inRegister,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      grade: { lv: 'Klase', en: 'Grade' },
      scale: { lv: 'Skala', en: 'Scale' },
      marks: {
        lv: 'Priekšmeti: 1. semestris / 2. semestris / gads',
        en: 'Subjects: first term / second term / year',
      },
      ...known,
    },
    coded: ['scale'],
  },
  {
    key: 'absence',
    title: { lv: 'Kavējumi', en: 'Absence' },
    tables: ['records.absence'],
    correct: inRegister,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      lessons: { lv: 'Stundas no septembra līdz jūnijam', en: 'Lessons from September to June' },
      excused: { lv: 'Attaisnoti kavētās', en: 'Missed with an excuse' },
      unexcused: { lv: 'Neattaisnoti kavētās', en: 'Missed without an excuse' },
      ...known,
    },
  },
  {
    key: 'destinations',
    title: { lv: 'Gaitas pēc skolas', en: 'After school' },
    tables: ['records.destination'],
    correct: inRegister,
    columns: {
      kind: { lv: 'Kur', en: 'Where' },
      from: { lv: 'No', en: 'From' },
      place: { lv: 'Iestādes kods', en: 'Code of the institution' },
      ...known,
    },
    coded: ['kind'],
  },
  {
    key: 'context',
    title: { lv: 'Sociāli ekonomiskie apstākļi', en: 'Socio-economic context' },
    tables: ['records.context'],
    correct: inStatistics,
    columns: {
      year: { lv: 'Mācību gads', en: 'School year' },
      quintile: { lv: 'Piektdaļa: 1 zemākā … 5 augstākā', en: 'Fifth: 1 lowest … 5 highest' },
      ...known,
    },
  },
  {
    key: 'findings',
    title: { lv: 'Ko pārbaudes atradušas apšaubāmu', en: 'What checks found doubtful' },
    tables: ['checks.finding'],
    correct: inRegister,
    columns: {
      check: { lv: 'Pārbaude', en: 'Check' },
      year: { lv: 'Mācību gads', en: 'School year' },
      school: { lv: 'Iestāde', en: 'Institution' },
      gone: { lv: 'Vairs nav', en: 'Gone' },
    },
  },
  {
    key: 'representations',
    title: { lv: 'Kas drīkst pārstāvēt skolēnu', en: 'Who may act for the learner' },
    tables: ['access.representation'],
    correct: inPopulation,
    columns: {
      kind: { lv: 'Kā', en: 'As' },
      ...valid,
      disputed: { lv: 'Reģistrs ziņo par strīdu', en: 'The register says it is contested' },
      ended: { lv: 'Reģistrs to vairs nesaka kopš', en: 'The register no longer says so since' },
    },
    coded: ['kind'],
  },
  {
    key: 'mandates',
    title: {
      lv: 'Kas sistēmā ienācis kā skolēns vai skolēna vārdā',
      en: 'Who has signed in as the learner or for the learner',
    },
    tables: ['access.mandate'],
    correct: here,
    columns: {
      tier: { lv: 'Kā', en: 'As' },
      ...valid,
      revoked: { lv: 'Izbeigts', en: 'Ended' },
      source: { lv: 'Pamats', en: 'Stands on' },
    },
    coded: ['tier', 'source'],
  },
  {
    key: 'objections',
    title: { lv: 'Iebildumi un ierobežojumi', en: 'Objections and restrictions' },
    tables: ['rights.objection'],
    correct: here,
    columns: {
      kind: { lv: 'Veids', en: 'Kind' },
      ground: { lv: 'Pamats', en: 'Ground' },
      ...valid,
      recorded: { lv: 'Ierakstīts', en: 'Recorded' },
      withdrawn: { lv: 'Atsaukts', en: 'Withdrawn' },
      why: { lv: 'Atsaukšanas iemesls', en: 'Why withdrawn' },
    },
    coded: ['kind'],
  },
  {
    key: 'looks',
    title: { lv: 'Kas skatījies', en: 'Who has looked' },
    tables: ['access.audit_learner'],
    correct: here,
    columns: {
      at: { lv: 'Kad', en: 'When' },
      tier: { lv: 'Kā', en: 'As' },
      place: { lv: 'No kuras iestādes', en: 'Of which institution' },
      self: { lv: 'Tas bijāt jūs', en: 'It was you' },
      action: { lv: 'Ko darīja', en: 'What was done' },
    },
    coded: ['tier', 'action'],
  },
] as const satisfies readonly Section[]

export type SectionKey = (typeof sections)[number]['key']
