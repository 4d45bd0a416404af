/** A numbers by age band, the same for every year, or one such list per year. */
export type ByYear = ArrayLike<number> | readonly ArrayLike<number>[]

/** One group of people by age band, e.g. teachers of one subject in one region. */
export interface StockCell {
  /** A persons at the start */
  readonly stock: ArrayLike<number>
  /** share who leave for other work in a year, by band, 0–1 */
  readonly wastage: ByYear
  /** share of those who stayed who retire in a year, by band, 0–1 */
  readonly retirement: ByYear
  /** persons who come in during a year, by band */
  readonly entrants: ByYear
  /** full-time equivalents per person, by band; default 1 */
  readonly load?: ArrayLike<number>
  /** full-time equivalents needed, one number per year */
  readonly demand: ArrayLike<number>
}

/** One year of a projection. */
export interface StockYear {
  readonly leavers: number
  /** retired, and grown out of the oldest band */
  readonly retired: number
  /** A persons at the end */
  readonly stock: Float64Array
  /** full-time equivalents at the end, needed, and needed − there */
  readonly supply: number
  readonly demand: number
  readonly gap: number
}

/**
 * Stock-flow projection of one cell: within a year people leave, of those who stayed some retire, one in
 * `bandWidth` grows into the next band (out of the stock from the oldest), then entrants come.
 *
 * @param bandWidth  years per age band: 5, or 1 for single years
 * @returns          one entry per year of `demand`
 * @throws           RangeError if lengths differ, a share leaves 0–1 or a number is negative
 */
export function stockFlow(cell: StockCell, bandWidth = 5): StockYear[] {
  const { stock, wastage, retirement, entrants, load, demand } = checkedCell(cell, bandWidth)
  const bands = stock.length
  let now = stock
  return Array.from(demand, (needed, year) => {
    let leavers = 0
    let retired = 0
    let supply = 0
    let growing = 0
    const next = new Float64Array(bands)
    for (let band = 0; band < bands; band++) {
      const leave = now[band]! * wastage[year * bands + band]!
      const retire = (now[band]! - leave) * retirement[year * bands + band]!
      const staying = now[band]! - leave - retire
      const moving = staying / bandWidth
      next[band] = staying - moving + growing + entrants[year * bands + band]!
      leavers += leave
      retired += retire
      growing = moving
      supply += next[band]! * load[band]!
    }
    now = next
    return { leavers, retired: retired + growing, stock: next, supply, demand: needed, gap: needed - supply }
  })
}

/** A cell with its lists checked and written out per year: year × band, row-major. */
export function checkedCell(cell: StockCell, bandWidth: number) {
  const bands = cell.stock.length
  const years = cell.demand.length
  if (bands === 0 || years === 0) throw new RangeError('a stock-flow requires one or more bands and years')
  if (!(bandWidth >= 1 && bandWidth < Infinity))
    throw new RangeError('a stock-flow requires bands of 1 or more years')
  const numbers = (xs: ArrayLike<number>, length: number, high: number, what: string) => {
    const list = Float64Array.from(xs)
    if (list.length !== length || !list.every((x) => x >= 0 && x <= high && x < Infinity)) {
      throw new RangeError(`a stock-flow requires ${what}: ${length} numbers within their range`)
    }
    return list
  }
  const perYear = (given: ByYear, high: number, what: string) => {
    const rows = isRows(given) ? given : new Array<ArrayLike<number>>(years).fill(given)
    if (rows.length !== years) throw new RangeError(`a stock-flow requires ${what} for every year`)
    const table = new Float64Array(years * bands)
    for (const [year, row] of rows.entries()) table.set(numbers(row, bands, high, what), year * bands)
    return table
  }
  return {
    stock: numbers(cell.stock, bands, Infinity, 'a stock'),
    wastage: perYear(cell.wastage, 1, 'wastage'),
    retirement: perYear(cell.retirement, 1, 'retirement'),
    entrants: perYear(cell.entrants, Infinity, 'entrants'),
    load: cell.load ? numbers(cell.load, bands, Infinity, 'a load') : new Float64Array(bands).fill(1),
    demand: numbers(cell.demand, years, Infinity, 'a demand'),
  }
}

function isRows(given: ByYear): given is readonly ArrayLike<number>[] {
  return typeof given[0] === 'object'
}
