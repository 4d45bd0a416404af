import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { referenceItems } from '#test/stats/reference-items.ts'
import { philox } from '../numeric/random.ts'
import { coefficientAlpha } from './alpha.ts'
import { standardisedItemTotals } from './item-statistics.ts'
import { guttmanLambda4 } from './lambda4.ts'
import { scoreMatrix } from './score-matrix.ts'

interface ReliabilityReference {
  n_complete: number
  alpha: Record<string, number>
  item_stats: Record<string, number[]>
  alpha_drop: Record<string, number[]>
  feldt_ci: { 'lower.ci': number; 'upper.ci': number }
  guttman: { lambda4: number; lambda6: number }
  sem_total: number
}

const folders = ['lsat6', 'science', 'sat12', 'verbagg', 'read-reliability']

describe('coefficient alpha and its kin', () => {
  for (const folder of folders) {
    agreement(
      `agrees with psych 2.2.9 on ${folder}: alpha, its error and interval, items dropped, lambda 6`,
      () => {
        const { reliability } = referenceJson<{ reliability: ReliabilityReference }>(
          `${folder}/reference.json`,
        )
        const matrix = referenceItems(`${folder}/data.csv`)
        const ours = coefficientAlpha(matrix)
        expect(ours.persons).toBe(reliability.n_complete)
        const pairs: [number | null, number][] = [
          [ours.alpha, reliability.alpha.raw_alpha!],
          [ours.standardised, reliability.alpha['std.alpha']!],
          [ours.lambda6, reliability.alpha['G6(smc)']!],
          [ours.lambda6, reliability.guttman.lambda6],
          [ours.meanCorrelation, reliability.alpha.average_r!],
          [ours.medianCorrelation, reliability.alpha.median_r!],
          [ours.signalToNoise, reliability.alpha['S/N']!],
          [ours.standardError, reliability.alpha.ase!],
          [ours.mean, reliability.alpha.mean!],
          [ours.standardDeviation, reliability.alpha.sd!],
          [ours.low, reliability.feldt_ci['lower.ci']],
          [ours.high, reliability.feldt_ci['upper.ci']],
          [ours.standardErrorOfMeasurement, reliability.sem_total],
        ]
        ours.ifDropped.forEach((rest, item) => {
          const drop = (name: string) => reliability.alpha_drop[name]![item]!
          pairs.push([rest.alpha, drop('raw_alpha')], [rest.standardised, drop('std.alpha')])
          pairs.push([rest.lambda6, drop('G6(smc)')], [rest.meanCorrelation, drop('average_r')])
          pairs.push([rest.signalToNoise, drop('S/N')], [rest.standardError, drop('alpha se')])
          pairs.push([rest.correlationVariance, drop('var.r')], [rest.medianCorrelation, drop('med.r')])
        })
        const totals = standardisedItemTotals(matrix)
        totals.asIs.forEach((r, item) => {
          pairs.push([r, reliability.item_stats['std.r']![item]!])
          pairs.push([totals.corrected![item]!, reliability.item_stats['r.cor']![item]!])
        })
        for (const [own, theirs] of pairs) expect(Math.abs(own! - theirs)).toBeLessThan(1e-10)
      },
    )
  }

  agreement(
    'agrees with psych on the attitude data: alpha, alpha without each item (methods/07_reliability)',
    () => {
      const { expected } = referenceJson<{
        expected: { raw_alpha: number; std_alpha: number; alpha_if_dropped: number[] }
      }>('methods/07_reliability_attitude_expected.json')
      const ours = coefficientAlpha(referenceItems('methods/07_attitude.csv'))
      expect(ours.alpha).toBeCloseTo(expected.raw_alpha, 10)
      expect(ours.standardised).toBeCloseTo(expected.std_alpha, 10)
      expect(ours.ifDropped).toHaveLength(expected.alpha_if_dropped.length)
      ours.ifDropped.forEach((rest, item) => {
        expect(rest.alpha).toBeCloseTo(expected.alpha_if_dropped[item]!, 10)
      })
    },
  )

  agreement('agrees with psych on the greatest split half where psych tries every split', () => {
    for (const folder of ['science', 'read-reliability']) {
      const { reliability } = referenceJson<{ reliability: ReliabilityReference }>(`${folder}/reference.json`)
      const { lambda4, exact } = guttmanLambda4(referenceItems(`${folder}/data.csv`))
      expect(exact).toBe(true)
      expect(lambda4).toBeCloseTo(reliability.guttman.lambda4, 12)
    }
  })

  agreement('agrees with psych or finds a greater split half where psych tries a part of the splits', () => {
    // 24 and 32 items: psych draws 10,000 splits; 5 items: psych leaves out half of the uneven ones.
    for (const folder of ['lsat6', 'sat12', 'verbagg']) {
      const { reliability } = referenceJson<{ reliability: ReliabilityReference }>(`${folder}/reference.json`)
      const { lambda4 } = guttmanLambda4(referenceItems(`${folder}/data.csv`))
      expect(lambda4).toBeGreaterThanOrEqual(reliability.guttman.lambda4)
      expect(lambda4).toBeLessThan(reliability.guttman.lambda4 + 0.05)
    }
  })

  test('is 2/3 in the case worked by hand: item variances 1 + 1, total variance 3', () => {
    const ours = coefficientAlpha(
      scoreMatrix([
        [1, 2],
        [2, 1],
        [3, 3],
      ]),
    )
    expect(ours.alpha).toBeCloseTo(2 / 3, 14)
    expect(ours.ifDropped).toEqual([])
  })

  const points = fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), {
    minLength: 5,
    maxLength: 12,
  })

  test('stays the same when points are shifted or stretched, or persons change places; the greatest split half is never below', () => {
    fc.assert(
      fc.property(points, (rows) => {
        let ours: ReturnType<typeof coefficientAlpha>
        try {
          ours = coefficientAlpha(scoreMatrix(rows))
        } catch (refused) {
          expect(refused).toBeInstanceOf(RangeError)
          return
        }
        const moved = coefficientAlpha(scoreMatrix(rows.map((row) => row.map((x) => 3 * x - 50)).reverse()))
        expect(moved.alpha).toBeCloseTo(ours.alpha, 9)
        expect(moved.standardError).toBeCloseTo(ours.standardError, 9)
        expect(moved.low).toBeCloseTo(ours.low, 8)
        // Alpha of the standardised items is the mean of all even split halves (k even), so the greatest is above.
        expect(guttmanLambda4(scoreMatrix(rows)).lambda4).toBeGreaterThanOrEqual(ours.standardised - 1e-9)
      }),
    )
  })

  test('items that agree completely have alpha 1 and no error of measurement', () => {
    const ours = coefficientAlpha(scoreMatrix([2, 0, 2, 2, 1, 0, 0].map((x) => new Array(7).fill(x))))
    expect(ours.alpha).toBeCloseTo(1, 12)
    expect(ours.standardErrorOfMeasurement).toBeCloseTo(0, 6)
    expect(ours).toMatchObject({ lambda6: null, signalToNoise: null })
  })

  test('a person with a gap does not count', () => {
    const rows = [
      [1, 2, 2],
      [2, 1, 3],
      [3, 3, 1],
      [4, 2, 5],
    ]
    expect(coefficientAlpha(scoreMatrix([...rows, [Number.NaN, 9, 9]]))).toEqual(
      coefficientAlpha(scoreMatrix(rows)),
    )
  })

  test('one item, one person, an item alike for all, totals alike for all and infinite points are refused', () => {
    expect(() => coefficientAlpha(scoreMatrix([[1], [2]]))).toThrow('two or more items')
    expect(() => coefficientAlpha(scoreMatrix([[1, 2]]))).toThrow('two or more persons')
    expect(() =>
      coefficientAlpha(
        scoreMatrix([
          [1, 2],
          [1, 3],
          [1, 4],
        ]),
      ),
    ).toThrow('item 1 does not')
    expect(() =>
      coefficientAlpha(
        scoreMatrix([
          [1, 3],
          [3, 1],
          [2, 2],
        ]),
      ),
    ).toThrow('totals differ')
    expect(() =>
      coefficientAlpha(
        scoreMatrix([
          [1, Number.POSITIVE_INFINITY],
          [3, 1],
        ]),
      ),
    ).toThrow('finite')
    expect(() => coefficientAlpha(scoreMatrix([]))).toThrow(RangeError)
    expect(() => scoreMatrix([[1, 2], [1]])).toThrow('same length')
    expect(() =>
      guttmanLambda4(
        scoreMatrix([
          [1, 3],
          [3, 1],
          [2, 2],
        ]),
      ),
    ).toThrow('totals differ')
  })

  test('the search over more than 20 items repeats itself with the same seed and finds a planted split', () => {
    // Items come in pairs of near twins, the pairs have little in common: the best split separates each pair.
    const random = philox(7)
    const rows = Array.from({ length: 300 }, () => {
      const ability = random.normal()
      return Array.from({ length: 12 }, () => ability + 2 * random.normal()).flatMap((x) => [
        x + 0.3 * random.normal(),
        x + 0.3 * random.normal(),
      ])
    })
    const found = guttmanLambda4(scoreMatrix(rows))
    expect(found.exact).toBe(false)
    expect(found).toEqual(guttmanLambda4(scoreMatrix(rows)))
    for (let i = 0; i < 24; i += 2) expect(found.inFirstPart[i]).toBe(!found.inFirstPart[i + 1])
  })
})
