import highsModule from 'highs'
import {
  type OpenProgramme,
  type Programme,
  type ProgrammeSolver,
  SolverGaveUp,
} from '#stats/disclosure/index.ts'

/** The package describes itself as CommonJS, and is loaded as a module. */
const loadHighs = highsModule as unknown as typeof highsModule.default

/** Programmes after which an instance is left for the next: its memory grows with every one. */
const RENEWED_AFTER = 1000

/** Of a search for whole numbers: in steps, so that the same is found on every machine. After them it has given up. */
const MOST_NODES = 10_000

/**
 * HiGHS behind the small interface of `#stats/disclosure`. An instance can only be loaded while somebody waits, so as
 * many as the programmes will need are loaded beforehand; beyond that the last one is kept.
 */
export async function highsSolver(programmes = 2000): Promise<ProgrammeSolver & { readonly solved: number }> {
  const waiting = await Promise.all(
    Array.from({ length: Math.ceil(programmes / RENEWED_AFTER) }, () => loadHighs()),
  )
  let highs = waiting.pop()!
  let since = 0
  let solved = 0
  return {
    get solved() {
      return solved
    },
    open(programme: Programme): OpenProgramme {
      let used = highs
      let model = modelOf(used, programme)
      let wasWhole = false
      return {
        solve(column, sense, whole) {
          if (since >= RENEWED_AFTER && waiting.length > 0) {
            highs = waiting.pop()!
            since = 0
          }
          if (used !== highs) {
            model.dispose()
            used = highs
            model = modelOf(used, programme)
            wasWhole = false
          }
          since++
          solved++
          const { objectiveSense, modelStatus, variableType } = highs.constants
          if (whole !== wasWhole) {
            const type = whole ? variableType.integer : variableType.continuous
            const every = { kind: 'range', from: 0, to: programme.columnLow.length - 1 } as const
            model.options.set('presolve', whole ? 'choose' : 'off')
            model.options.set('mip_max_nodes', MOST_NODES)
            model.changeColsIntegrality(every, new Int32Array(programme.columnLow.length).fill(type))
            wasWhole = whole
          }
          model.changeObjectiveSense(sense === 'smallest' ? objectiveSense.minimize : objectiveSense.maximize)
          model.changeColCost(column, 1)
          model.run()
          const status = model.getModelStatus()
          const answer =
            status === modelStatus.optimal ? Float64Array.from(model.getSolution().colValue) : null
          model.changeColCost(column, 0)
          if (answer) return answer
          if (programme.mayHaveNone && status === modelStatus.infeasible) return null
          if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) return null
          throw new SolverGaveUp(`HiGHS stopped: status ${status}`)
        },
        close: () => model.dispose(),
      }
    },
  }
}

function modelOf(highs: Awaited<ReturnType<typeof loadHighs>>, programme: Programme) {
  const columns = programme.columnLow.length
  const rows = programme.rowLow.length
  const infinite = (bound: number) =>
    bound === Infinity ? highs.infinity : bound === -Infinity ? -highs.infinity : bound
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: new Float64Array(columns),
    colLower: programme.columnLow.map(infinite),
    colUpper: programme.columnHigh.map(infinite),
    rowLower: programme.rowLow.map(infinite),
    rowUpper: programme.rowHigh.map(infinite),
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: columns,
      starts: programme.rowStart,
      indices: programme.rowColumn,
      values: programme.coefficient,
    },
  })
  // of a few hundred unknowns a programme is solved sooner than it is made smaller
  model.options.set({ output_flag: false, presolve: 'off', mip_rel_gap: 0, mip_max_nodes: 2000 })
  return model
}
