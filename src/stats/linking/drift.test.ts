import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeUpForm } from '#test/stats/forms.ts'
import type { KnownItem } from '../irt/index.ts'
import { philox } from '../numeric/random.ts'
import { anchorDrift } from './drift.ts'
import { linkedItem } from './scale-link.ts'

/** The same items after a link, with a little noise of calibration on every location. */
function again(items: readonly KnownItem[], seed: number): KnownItem[] {
  const random = philox(seed)
  return items.map((item) => {
    const moved = linkedItem({ stretch: 1.1, shift: 0.4 }, item)
    const noise = 0.03 * random.normal()
    return {
      ...moved,
      slope: moved.slope * Math.exp(0.03 * random.normal()),
      intercepts: moved.intercepts.map((d) => d + noise),
    }
  })
}

/** An item grown harder by `shift` logits. */
function harder(item: KnownItem, shift: number): KnownItem {
  return linkedItem({ stretch: 1, shift }, item)
}

describe('drift of anchors', () => {
  test('an anchor that became harder is found, and how much', () => {
    const from = madeUpForm(philox(30), 16)
    const to = again(from, 31).map((item, i) => (i === 5 ? harder(item, 0.9) : item))
    const { anchors, stable, kept, warnings } = anchorDrift(from, to, { limit: 2.7 })
    expect(stable).not.toContain('I5')
    expect(anchors[5]!.shift).toBeGreaterThan(0.6)
    expect(anchors[5]!.shift).toBeLessThan(1.2)
    expect(kept).toBeGreaterThan(0.6)
    expect(warnings).toEqual([])
  })

  test('several drifting anchors do not hide each other', () => {
    const from = madeUpForm(philox(40), 20)
    const drifting = [2, 7, 11, 15]
    const to = again(from, 41).map((item, i) => (drifting.includes(i) ? harder(item, 1) : item))
    const { anchors } = anchorDrift(from, to, { limit: 2.7 })
    for (const i of drifting) expect(anchors[i]!.stable).toBe(false)
  })

  test('the scale of either calibration does not matter for who drifts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (seed, stretch) => {
          const from = madeUpForm(philox(seed), 12)
          const to = again(from, seed + 1)
          const other = to.map((item) => linkedItem({ stretch, shift: -1 }, item))
          const [one, two] = [anchorDrift(from, to), anchorDrift(from, other)]
          expect(two.stable).toEqual(one.stable)
          two.anchors.forEach(({ slopeZ, locationZ }, i) => {
            expect(slopeZ).toBeCloseTo(one.anchors[i]!.slopeZ!, 6)
            expect(locationZ).toBeCloseTo(one.anchors[i]!.locationZ!, 6)
          })
        },
      ),
      { numRuns: 30 },
    )
  })

  test('when all anchors but one agree to the last digit, the one is out, without a number for how far', () => {
    const rasch = (b: number, i: number): KnownItem => ({
      id: `R${i}`,
      model: 'rasch',
      scores: [0, 1],
      slope: 1,
      intercepts: [-b],
      guessing: 0,
    })
    const from = [-1, 0, 1, 2, 3].map(rasch)
    const to = [-1, 0, 1, 2, 4].map(rasch)
    const { anchors, stable } = anchorDrift(from, to)
    expect(stable).toEqual(['R0', 'R1', 'R2', 'R3'])
    expect(anchors[4]).toMatchObject({ slopeZ: null, locationZ: null, shift: 1, stable: false })
    expect(anchors[0]).toMatchObject({ slopeZ: null, locationZ: 0, stable: true })
  })

  test('anchors in disorder are warned of', () => {
    const from = madeUpForm(philox(50), 12)
    const to = madeUpForm(philox(51), 12)
    expect(anchorDrift(from, to).warnings).toContain('correlation below 0.95')
  })

  test('fewer than three anchors and a limit of 0 are refused', () => {
    const items = madeUpForm(philox(1), 2)
    expect(() => anchorDrift(items, items)).toThrow('three or more')
    const more = madeUpForm(philox(1), 4)
    expect(() => anchorDrift(more, more, { limit: 0 })).toThrow('above 0')
  })
})
