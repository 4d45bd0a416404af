import type { Item, ItemModel, KnownItem } from '#stats/irt/index.ts'
import { scoreProbabilities } from '#stats/irt/index.ts'
import { philox } from '#stats/numeric/random.ts'

/** Answers made up from known items, every number from a seed. */

/** Items of the given models with slopes around 1 and difficulties spread over −1.5 … 1.5. */
export function madeUpItems(models: readonly ItemModel[], seed = 1): KnownItem[] {
  const random = philox(seed, 1)
  return models.map((model, j) => {
    const centre = models.length === 1 ? 0 : -1.5 + (3 * j) / (models.length - 1)
    const slope = model === 'rasch' || model === 'pcm' ? 1 : 0.8 + 0.8 * random.uniform()
    const steps = model === 'pcm' || model === 'gpcm' || model === 'graded' ? 3 : 1
    const thresholds = Array.from({ length: steps }, (_, k) => centre + 0.9 * (k - (steps - 1) / 2))
    let sum = 0
    const intercepts = thresholds.map((b) => {
      sum -= slope * b
      return model === 'graded' ? -slope * b : steps === 1 ? -slope * b : sum
    })
    const scores = Array.from({ length: steps + 1 }, (_, s) => s)
    return { id: `item ${j}`, model, scores, slope, intercepts, guessing: model === '3pl' ? 0.2 : 0 }
  })
}

/** Answers of people of these abilities: persons × items. */
export function madeUpAnswers(
  items: readonly KnownItem[],
  abilities: ArrayLike<number>,
  seed = 1,
): Int8Array {
  const random = philox(seed, 2)
  const persons = abilities.length
  const responses = new Int8Array(persons * items.length)
  items.forEach((item, j) => {
    const p = scoreProbabilities(item, abilities)
    for (let i = 0; i < persons; i++) {
      let left = random.uniform()
      let k = 0
      while (k < item.scores.length - 1) {
        left -= p[k * persons + i]!
        if (left < 0) break
        k++
      }
      responses[i * items.length + j] = item.scores[k]!
    }
  })
  return responses
}

export function madeUpAbilities(persons: number, mean = 0, sd = 1, seed = 1): Float64Array {
  const random = philox(seed, 3)
  return Float64Array.from({ length: persons }, () => mean + sd * random.normal())
}

export function toCalibrate(items: readonly KnownItem[]): Item[] {
  return items.map(({ id, model, scores }) => ({ id, model, categories: scores.at(-1)! + 1 }))
}
