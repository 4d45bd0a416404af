/**
 * What a package of the import contract holds (docs/import.md), and the truths that are told beside it. The first list has the files a
 * system reads, in the order in which it reads them; the last what only this program can know, for methods to be checked against.
 */
export const contractFiles = {
  territories: [
    'code',
    'kind',
    'parent_code',
    'name_lv',
    'name_en',
    'genitive_lv',
    'locative_lv',
    'since',
    'until',
    'successor_code',
  ],
  founders: ['founder_id', 'kind', 'name_lv', 'name_en', 'territory_code'],
  institutions: [
    'reg_number',
    'kind',
    'type',
    'name_lv',
    'name_en',
    'genitive_lv',
    'locative_lv',
    'founder_id',
    'legal_atvk',
    'legal_address',
    'opened_on',
    'closed_on',
    'successor_reg',
    'accredited_until',
    'since',
  ],
  delivery_sites: [
    'site_id',
    'reg_number',
    'name_lv',
    'name_en',
    'atvk',
    'degurba',
    'address',
    'lat',
    'lon',
    'capacity',
    'floor_area_m2',
    'building_year',
    'condition',
    'accessible',
    'since',
  ],
  programmes: [
    'reg_number',
    'programme_code',
    'licence_no',
    'licence_date',
    'site_id',
    'language',
    'form',
    'special_type',
    'started_on',
    'ended_on',
  ],
  class_groups: [
    'class_id',
    'reg_number',
    'site_id',
    'school_year',
    'grade',
    'name',
    'combined',
    'language',
    'programme_code',
    'class_teacher_uid',
  ],
  learners: [
    'learner_uid',
    'name',
    'birth_month',
    'sex',
    'residence_code',
    'citizenship_group',
    'special_need',
    'previous_uid',
  ],
  enrolments: [
    'learner_uid',
    'class_id',
    'programme_code',
    'from',
    'to',
    'main',
    'leave_reason',
    'repeated',
    'transport_minutes',
  ],
  staff: [
    'staff_uid',
    'name',
    'birth_year',
    'sex',
    'education_level',
    'qualification_subjects',
    'quality_degree',
    'cpd_hours_3y',
  ],
  employments: [
    'employment_id',
    'staff_uid',
    'reg_number',
    'position_code',
    'subject_code',
    'stage',
    'rate',
    'contact_lessons',
    'from',
    'to',
    'leave_reason',
  ],
  scales: ['code', 'name_lv', 'name_en', 'minimum', 'maximum'],
  assessments: [
    'code',
    'subject',
    'name_lv',
    'name_en',
    'school_year',
    'grade',
    'held_on',
    'scale',
    'starts_from',
    'kind',
    'level',
    'threshold',
    'parts',
    'cuts',
  ],
  results: ['learner_uid', 'assessment', 'reg_number', 'value', 'status', 'parts'],
  marks: ['learner_uid', 'reg_number', 'school_year', 'grade', 'scale', 'marks'],
  absences: ['learner_uid', 'reg_number', 'school_year', 'lessons', 'excused', 'unexcused'],
  lessons: ['class_id', 'lessons'],
  sample_plans: ['programme_code', 'grade', 'subject', 'lessons', 'since', 'until'],
  finance: [
    'reg_number',
    'year',
    'salary_state_grant',
    'salary_municipal',
    'maintenance',
    'transport',
    'meals',
    'other',
  ],
  vacancies: ['vacancy_id', 'reg_number', 'position_code', 'subject_code', 'rate', 'open_on', 'filled_on'],
  population: ['atvk', 'year', 'age', 'sex', 'people'],
  destinations: ['learner_uid', 'kind', 'on', 'place'],
  representations: ['child_uid', 'adult_code', 'kind', 'from', 'until', 'disputed'],
} as const

/** What the statistics office links, on a legal basis of its own: a package of its own. */
export const contextFiles = {
  context: ['learner_uid', 'school_year', 'quintile'],
} as const

export const truthFiles = {
  /** z: standard deviations of the pupils of a grade; SD 1 over the country, mean 0 */
  true_learners: ['learner_uid', 'context_z', 'residual_z'],
  /** points of the monitoring scale (SD 100): what a school adds to the level and to the growth from grade 3 to 6 */
  true_schools: ['reg_number', 'literacy', 'numeracy', 'science', 'growth', 'context_z'],
  /** points: the ability behind a result, before the error of measurement */
  true_abilities: ['learner_uid', 'assessment', 'ability'],
  /** chance of leaving without a document within the school year, 0–1 */
  true_risks: ['learner_uid', 'school_year', 'risk', 'left'],
  /** points an initiative adds to the results of a school in a subject, from a school year on */
  true_treatments: ['reg_number', 'initiative', 'subject', 'since_school_year', 'effect'],
  /** what the results of the whole country are made of, one line a figure */
  true_parameters: ['parameter', 'value', 'unit'],
  /** schools that are worth a look, and why */
  true_special_schools: ['reg_number', 'what'],
  /** faults that were planted: which check has to find them, about what, and by which code it is known */
  planted_errors: ['check', 'subject', 'reg_number', 'key'],
} as const

const all = { ...contractFiles, ...contextFiles, ...truthFiles }

export type ContractFile = keyof typeof contractFiles
/** Packages of a country: what schools and centres send, what the statistics office links, and the truths that no import reads. */
export type Package = 'main' | 'context' | 'truths'
export type File = keyof typeof all
export type Value = string | number | boolean | null
export type Row<F extends File> = Readonly<Record<(typeof all)[F][number], Value>>

/** Rows of one file, in the order in which they belong into it. */
export type Batch = { [F in File]: { file: F; rows: readonly Row<F>[] } }[File]

export const columnsOf = (file: File): readonly string[] => all[file]
export const packageOf = (file: File): Package =>
  file in truthFiles ? 'truths' : file in contextFiles ? 'context' : 'main'

const ENOUGH = 2_000

/** Gathers rows of one file into batches, so that a country passes through little memory. */
export class Rows<F extends File> {
  private readonly file: F
  private rows: Row<F>[] = []

  constructor(file: F) {
    this.file = file
  }

  add(row: Row<F>): void {
    this.rows.push(row)
  }

  /** Nothing until a batch is full. */
  *full(): Generator<Batch> {
    if (this.rows.length >= ENOUGH) yield* this.rest()
  }

  /** All that is left. */
  *rest(): Generator<Batch> {
    if (this.rows.length === 0) return
    const { file, rows } = this
    this.rows = []
    yield { file, rows } as unknown as Batch
  }
}
