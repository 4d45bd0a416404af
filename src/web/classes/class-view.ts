import type { ClassFigure, ClassFigures, ClassMeasure } from '#modules/classes/model.ts'
import type { Indicator } from '#modules/indicators/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Criterion } from '#terms/criteria.ts'
import { subjectName } from '../indicators/subject-name.ts'
import type { Language } from '../text/language.ts'

export interface ClassPageData {
  figures: ClassFigures
  catalogue: readonly Indicator[]
  assessments: readonly Assessment[]
}

/** A figure that leads, and the same of single subjects. */
interface ClassRows {
  figure: ClassFigure
  others: readonly ClassFigure[]
}

/** What the parts of the page of a class need to know, worked out once. */
export interface ClassView {
  language: Language
  data: ClassPageData
  /** „4.–6. klase” */
  grades: string
  isEmpty: boolean
  indicatorOf: (measure: string) => Indicator | undefined
  nameOf: (subject: string) => string | null
  assessmentOf: (subject: string) => Assessment | undefined
  rowsOf: (criterion: Criterion) => ClassRows[]
}

export function classView(data: ClassPageData, language: Language): ClassView {
  const { marks, grades } = data.figures
  const indicatorOf = (measure: string) => data.catalogue.find(({ code }) => code === measure)
  // What an indicator is called and measured in is known once its figures have been computed for the first time.
  const figures = data.figures.figures.filter(
    ({ measure }) => measure === 'missed' || indicatorOf(measure) !== undefined,
  )
  const assessmentOf = (subject: string) => data.assessments.find((each) => each.subject === subject)
  return {
    language,
    data,
    grades:
      grades.from === grades.to
        ? language.t('classes.preschool')
        : language.t('classes.grades', { from: grades.from, to: grades.to }),
    isEmpty: figures.length + marks.length === 0,
    indicatorOf,
    assessmentOf,
    nameOf: (subject) => subjectName(language, subject, assessmentOf(subject)),
    rowsOf: (criterion) => {
      const own = figures.filter(({ measure }) => criterionOf[measure] === criterion)
      const byMeasure = Map.groupBy(own, ({ measure }) => measure)
      return [...byMeasure.values()].map((all) => {
        const figure = all.find(({ subject }) => subject === '-') ?? all[0]!
        return { figure, others: all.filter((each) => each !== figure) }
      })
    },
  }
}

/** Under which criterion each measure stands; all lessons missed stand with those missed without excuse. */
const criterionOf: Readonly<Record<ClassMeasure, Criterion>> = {
  'ACH-01': 'purpose.achievement',
  'ACH-02': 'purpose.achievement',
  'ACH-03': 'purpose.achievement',
  'ACH-05': 'purpose.achievement',
  'CON-03': 'purpose.continuation',
  'CON-04': 'purpose.continuation',
  'TEA-02': 'learning.teaching',
  'ACC-01': 'environment.access',
  'SAF-03': 'environment.safety',
  'SAF-04': 'environment.safety',
  missed: 'environment.safety',
}
