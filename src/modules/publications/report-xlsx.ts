import { PassThrough } from 'node:stream'
import type exceljs from 'exceljs'
import type { Indicator } from '#modules/indicators/index.ts'
import { absenceSymbol, absenceWords, type Cell } from '#terms/cell.ts'
import { areaNames, Criterion, qualityAreas } from '#terms/criteria.ts'
import { dayLabel, dayOf } from '#terms/day.ts'
import { frameworkIndicators } from '#terms/framework-indicators.ts'
import type { Level } from '#terms/level.ts'
import type { Locale } from '#terms/locale.ts'
import { schoolYearLabel } from '#terms/school-year.ts'
import { reportWords as words } from './report-words.ts'
import type { ToldProfile, ToldUnitFigure } from './told.ts'

/** What a report for a council is made of. */
export interface Report {
  profile: ToldProfile
  indicators: readonly Indicator[]
  /** of a municipality: its schools by name, with the figures of everybody; else nothing */
  schools: readonly ToldUnitFigure[]
  madeAt: Date
  /** name of a test or school subject in the language of the report */
  subjectOf: (subject: string) => string
}

type Value = string | number | null

/** Units that are written with a sign of their own; all others as plain numbers. */
const formats: Partial<Record<Indicator['unit'], string>> = {
  share: '0.0%',
  pupils: '#,##0',
  people: '#,##0',
  eur: '#,##0',
  eur_per_pupil: '#,##0',
}
const NUMBER = '#,##0.0'

/**
 * A report as a workbook, sheet by sheet and row by row: nothing of it is held. Numbers stay numbers. There are no filters: a list of
 * schools is not made to be put in order by result.
 */
export function reportXlsx(report: Report, locale: Locale): PassThrough {
  const into = new PassThrough()
  write(report, locale, into).catch((error: unknown) => into.destroy(error as Error))
  return into
}

async function write(report: Report, locale: Locale, into: PassThrough): Promise<void> {
  const { default: excel } = await import('exceljs') // a sixth of a start otherwise, and few ask for a workbook
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: into, useStyles: true })
  book.creator = words.system[locale]
  book.created = report.madeAt
  summarySheet(book, report, locale)
  if (report.schools.length > 0) schoolsSheet(book, report, locale)
  missingSheet(book, report, locale)
  definitionsSheet(book, report, locale)
  await book.commit()
}

type Book = exceljs.stream.xlsx.WorkbookWriter

/** Begins a sheet: what it is about, its columns, the head frozen. Gives back how a row is added. */
function sheetOf(
  book: Book,
  { name, about, columns }: { name: string; about: readonly string[]; columns: readonly [string, number][] },
) {
  const head = about.length + 2
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: head, xSplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  columns.forEach(([, width], at) => {
    sheet.getColumn(at + 1).width = width
  })
  about.forEach((line, at) => {
    const row = sheet.addRow([line])
    if (at === 0) row.font = { bold: true, size: 14 }
    row.commit()
  })
  sheet.addRow([]).commit()
  const header = sheet.addRow(columns.map(([title]) => title))
  header.font = { bold: true }
  header.commit()
  return {
    /** `n`, people, goes into its column as a whole number; other numbers are written in the format of their unit */
    add(values: readonly Value[], numberFormat: string = NUMBER) {
      const row = sheet.addRow([...values])
      row.eachCell((cell, column) => {
        if (typeof cell.value !== 'number') return
        cell.numFmt = columns[column - 1]![0] === 'n' ? '#,##0' : numberFormat
      })
      row.commit()
    },
    end: () => sheet.commit(),
  }
}

function aboutLines({ profile, madeAt }: Report, locale: Locale): string[] {
  const { release, madeAt: released } = profile.dataVersion
  const whose = profile.audience === 'public' ? words.released : words.unprotected
  const version =
    profile.audience === 'public' && release && released
      ? `${whose[locale]} ${release}, ${dayLabel(dayOf(new Date(released)), locale)}`
      : whose[locale]
  return [
    `${words.title[locale]}: ${profile.unit.name[locale]}`,
    profile.schoolYear === null ? words.noData[locale] : schoolYearLabel(profile.schoolYear, locale),
    version,
    `${words.source[locale]}: ${words.system[locale]}; ${words.dataVersion[locale]} ${profile.dataVersion.id}; ${words.made[locale]} ${dayLabel(dayOf(madeAt), locale)}`,
    words.howToRead[locale],
  ]
}

/** Indicators in the order of the framework, within a criterion in that of the catalogue; circumstances first. */
export function inFramework(indicators: readonly Indicator[]): Indicator[] {
  const place = new Map(['context', ...Criterion.options].map((area, at) => [area, at]))
  return indicators.toSorted(
    (a, b) => place.get(a.area)! - place.get(b.area)! || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

/** Levels a unit is compared with, nearest first. */
function comparedWith({ path }: ToldProfile): Level[] {
  return path.toReversed().map(({ level }) => level)
}

function summarySheet(book: Book, report: Report, locale: Locale) {
  const { profile, indicators } = report
  const levels = comparedWith(profile)
  const sheet = sheetOf(book, {
    name: words.summary[locale],
    about: aboutLines(report, locale),
    columns: [
      [words.indicator[locale], 46],
      [words.subject[locale], 34],
      [words.criterion[locale], 30],
      [words.value[locale], 12],
      [words.low[locale], 12],
      [words.high[locale], 12],
      [words.n[locale], 10],
      [words.absent[locale], 34],
      ...levels.flatMap((level): [string, number][] => [
        [words.level[level][locale], 12],
        [`${words.compared[locale]}: ${words.level[level][locale]}`, 26],
      ]),
      [words.unit[locale], 18],
      [words.code[locale], 10],
    ],
  })
  for (const indicator of inFramework(indicators)) {
    for (const figure of profile.figures.filter((each) => each.indicator === indicator.code)) {
      const against = levels.flatMap((level): Value[] => {
        const other = figure.against.find(({ unit }) => unit.level === level)
        if (!other) return [null, null]
        const verdict = other.difference ? words.verdict[other.difference.verdict][locale] : null
        return [other.cell.value ?? symbolOf(other.cell), verdict]
      })
      const { cell } = figure
      sheet.add(
        [
          indicator.name[locale],
          figure.subject === '-' ? null : report.subjectOf(figure.subject),
          areaNames[indicator.area][locale],
          cell.value ?? symbolOf(cell),
          cell.low,
          cell.high,
          cell.n,
          cell.absent && absenceWords[cell.absent][locale],
          ...against,
          words.units[indicator.unit][locale],
          indicator.code,
        ],
        formats[indicator.unit],
      )
    }
  }
  sheet.end()
}

const symbolOf = ({ absent }: Pick<Cell, 'absent'>) => (absent ? absenceSymbol[absent] : null)

/** One row a school and figure, schools by name. */
function schoolsSheet(book: Book, report: Report, locale: Locale) {
  const about = new Map(report.indicators.map((indicator) => [indicator.code, indicator]))
  const sheet = sheetOf(book, {
    name: words.schools[locale],
    about: aboutLines(report, locale),
    columns: [
      [words.school[locale], 40],
      [words.indicator[locale], 46],
      [words.subject[locale], 34],
      [words.value[locale], 12],
      [words.low[locale], 12],
      [words.high[locale], 12],
      [words.n[locale], 10],
      [words.absent[locale], 34],
      [words.code[locale], 10],
    ],
  })
  for (const { unit, cell } of report.schools) {
    const indicator = about.get(cell.indicator)
    if (!indicator) continue
    sheet.add(
      [
        unit.name[locale],
        indicator.name[locale],
        cell.subject === '-' ? null : report.subjectOf(cell.subject),
        cell.value ?? symbolOf(cell),
        cell.low,
        cell.high,
        cell.n,
        cell.absent && absenceWords[cell.absent][locale],
        indicator.code,
      ],
      formats[indicator.unit],
    )
  }
  sheet.end()
}

/** What a reader may look for in vain, with the reason. */
function missingSheet(book: Book, report: Report, locale: Locale) {
  const { profile, indicators } = report
  const sheet = sheetOf(book, {
    name: words.missing[locale],
    about: [words.missing[locale], words.missingHow[locale]],
    columns: [
      [words.indicator[locale], 56],
      [words.criterion[locale], 34],
      [words.why[locale], 60],
      [words.code[locale], 10],
    ],
  })
  const shown = new Set(profile.figures.map(({ indicator }) => indicator))
  for (const { code, name, area, levels } of inFramework(indicators)) {
    if (shown.has(code)) continue
    const why = levels.includes(profile.unit.level) ? words.notThisYear : words.notThisLevel
    sheet.add([name[locale], areaNames[area][locale], why[locale], code])
  }
  const live = new Set(indicators.map(({ code }) => code))
  for (const { criteria } of qualityAreas) {
    for (const criterion of criteria) {
      for (const { code, name } of frameworkIndicators.filter((each) => each.criterion === criterion)) {
        if (live.has(code)) continue
        sheet.add([name[locale], areaNames[criterion][locale], words.notYet[locale], code])
      }
    }
  }
  sheet.end()
}

/** What each figure means and must not be used for. */
function definitionsSheet(book: Book, report: Report, locale: Locale) {
  const sheet = sheetOf(book, {
    name: words.definitions[locale],
    about: [words.definitions[locale]],
    columns: [
      [words.indicator[locale], 46],
      [words.definition[locale], 80],
      [words.doesNotSay[locale], 60],
      [words.source[locale], 40],
      [words.version[locale], 10],
      [words.code[locale], 10],
    ],
  })
  const shown = new Set([
    ...report.profile.figures.map(({ indicator }) => indicator),
    ...report.schools.map(({ cell }) => cell.indicator),
  ])
  for (const each of inFramework(report.indicators)) {
    if (!shown.has(each.code)) continue
    sheet.add([
      each.name[locale],
      each.definition[locale],
      each.doesNotSay[locale],
      each.source[locale],
      String(each.version),
      each.code,
    ])
  }
  sheet.end()
}
