import type { RouterContextProvider } from 'react-router'
import { Series } from '#modules/publications/model.ts'
import type { Borders } from '#terms/borders.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'

/** What is asked of a series. */
export interface SeriesQuestion {
  unit: string
  indicator: string
  subject?: string
  borders: Borders
}

export function loadSeries(
  context: Readonly<RouterContextProvider>,
  question: SeriesQuestion,
): Promise<Series> {
  return read(context, `/series?${query({ ...question })}`, Series)
}

/** In which borders a page shows its series: what the address asks for, otherwise those of their time. */
export function bordersFrom(request: Request): Borders {
  return new URL(request.url).searchParams.get('borders') === 'today' ? 'today' : 'then'
}

/** Address of the same series as a file. */
export function seriesCsvAddress({ unit, indicator, subject, borders }: Series): string {
  return `/api/v1/series.csv?${query({ unit: unit.id, indicator, subject, borders })}`
}
