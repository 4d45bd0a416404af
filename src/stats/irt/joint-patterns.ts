import { designOrder } from './design-order.ts'

/**
 * Who answered what, laid out for speed. Items are taken in blocks of a few; each joint answer to the first 1, 2, …
 * items of a block is one node of a tree, numbered after its parent. The likelihood of a node is that of its parent
 * times one probability, so all tables are filled in one pass, and expected counts flow back the same way. A person
 * is then a handful of nodes, one per block, instead of one response per item. Nothing is approximated.
 */
export interface JointPatterns {
  /** Nodes of the tree with the root, which is node 0: nothing answered. */
  readonly nodeCount: number
  /** node → the node it continues */
  readonly parent: Int32Array
  /** node → the response it adds, as row of the table of probabilities */
  readonly response: Int32Array
  /** item (in the order of the table) → first node of its block */
  readonly blockStart: Int32Array
  /** Items in the order of the tree. */
  readonly order: Int32Array
  /** Distinct rows of answers. */
  readonly rowCount: number
  /** Where the nodes of each row begin in `leaves`, and after the last where they end. */
  readonly start: Int32Array
  readonly leaves: Int32Array
  /** row → class of people who share a prior */
  readonly priorClass: Int32Array
  /** row → how many people it stands for, or the sum of their weights */
  readonly weight: Float64Array
  /** person → row; −1 for a person without any answer */
  readonly rowOf: Int32Array
  /** rows × items: position of the answer among the scores of the item; −1 where there is none */
  readonly answer: Int8Array
}

export interface Answers {
  /** persons × columns */
  readonly responses: Int8Array
  readonly persons: number
  readonly columns: number
  /** Columns that are used, and for each the position of a response among its scores (−1 where it has none). */
  readonly used: readonly { readonly column: number; readonly position: Int8Array; readonly scores: number }[]
  readonly priorClass: Int32Array
  readonly weights: Float64Array | undefined
}

/** Joint answers a block may have before a new block begins: tables of this size stay in the cache. */
const LARGEST_BLOCK = 256

/** Lays the answers out; the result does not depend on the order of the people. */
export function jointPatterns(answers: Answers): JointPatterns {
  const { persons, used } = answers
  const order = designOrder(answers)
  const firstResponse = new Int32Array(used.length + 1)
  used.forEach((item, j) => {
    firstResponse[j + 1] = firstResponse[j]! + item.scores
  })
  const parent: number[] = [0]
  const response: number[] = [-1]
  const blockStart = new Int32Array(used.length)
  const columns: Int32Array[] = []
  let block = newBlock(persons)
  let begun = 1
  for (const j of order) {
    let seen = seenWith(answers, j, block)
    if (seen.count > LARGEST_BLOCK && block.items > 0) {
      columns.push(leavesOf(block, persons))
      block = newBlock(persons)
      begun = parent.length
      seen = seenWith(answers, j, block)
    }
    blockStart[j] = begun
    extend(answers, j, block, seen, firstResponse[j]!, parent, response)
  }
  columns.push(leavesOf(block, persons))
  return {
    nodeCount: parent.length,
    parent: Int32Array.from(parent),
    response: Int32Array.from(response),
    blockStart,
    order,
    ...distinctRows(answers, columns, parent.length),
  }
}

interface Block {
  items: number
  /** person → number of their joint answer within the block */
  readonly current: Int32Array
  /** number within the block → node of the tree */
  nodes: Int32Array
}

function newBlock(persons: number): Block {
  return { items: 0, current: new Int32Array(persons), nodes: Int32Array.of(0) }
}

/** Which joint answers occur when item j joins the block: key = joint answer so far × (scores + 1) + position + 1. */
function seenWith(answers: Answers, j: number, block: Block): { keys: Uint8Array; count: number } {
  const { responses, persons, columns } = answers
  const { column, position, scores } = answers.used[j]!
  const keys = new Uint8Array(block.nodes.length * (scores + 1))
  for (let i = 0; i < persons; i++) {
    const x = responses[i * columns + column]!
    keys[block.current[i]! * (scores + 1) + (x < 0 ? 0 : position[x]! + 1)] = 1
  }
  let count = 0
  for (let key = 0; key < keys.length; key++) count += keys[key]!
  return { keys, count }
}

function extend(
  answers: Answers,
  j: number,
  block: Block,
  seen: { keys: Uint8Array; count: number },
  firstResponse: number,
  parent: number[],
  response: number[],
): void {
  const { responses, persons, columns } = answers
  const { column, position, scores } = answers.used[j]!
  const nodes = new Int32Array(seen.count)
  const numberOf = new Int32Array(seen.keys.length)
  let next = 0
  for (let key = 0; key < seen.keys.length; key++) {
    if (seen.keys[key] === 0) continue
    const from = block.nodes[Math.floor(key / (scores + 1))]!
    const at = (key % (scores + 1)) - 1
    numberOf[key] = next
    if (at < 0) nodes[next++] = from
    else {
      nodes[next++] = parent.length
      parent.push(from)
      response.push(firstResponse + at)
    }
  }
  for (let i = 0; i < persons; i++) {
    const x = responses[i * columns + column]!
    block.current[i] = numberOf[block.current[i]! * (scores + 1) + (x < 0 ? 0 : position[x]! + 1)]!
  }
  block.nodes = nodes
  block.items++
}

function leavesOf(block: Block, persons: number): Int32Array {
  const leaves = new Int32Array(persons)
  for (let i = 0; i < persons; i++) leaves[i] = block.nodes[block.current[i]!]!
  return leaves
}

/** Sorts people by prior, share of points and answers, and lets one row stand for all who are alike. */
function distinctRows(answers: Answers, columns: readonly Int32Array[], nodeCount: number) {
  const { persons, priorClass, weights } = answers
  let sorted = Int32Array.from({ length: persons }, (_, i) => i)
  // Equal rows must be summed in an order that does not depend on the order of the people.
  if (weights !== undefined) sorted = sorted.sort((a, b) => weights[a]! - weights[b]!)
  for (let b = columns.length - 1; b >= 0; b--) sorted = countingSort(sorted, columns[b]!, nodeCount)
  sorted = countingSort(sorted, shareOfPoints(answers), 1002)
  sorted = countingSort(sorted, priorClass, 1 + priorClass.reduce((most, c) => Math.max(most, c), 0))

  const rowOf = new Int32Array(persons)
  const start = new Int32Array(persons + 1)
  const leaves = new Int32Array(persons * columns.length)
  const weight = new Float64Array(persons)
  const examples = new Int32Array(persons)
  let rows = 0
  let end = 0
  for (const i of sorted) {
    const before = rows === 0 ? -1 : examples[rows - 1]!
    if (before < 0 || !alike(i, before, columns, priorClass)) {
      const first = end
      for (let b = 0; b < columns.length; b++) if (columns[b]![i]! > 0) leaves[end++] = columns[b]![i]!
      if (end === first) {
        rowOf[i] = -1
        continue
      }
      examples[rows++] = i
      start[rows] = end
    }
    weight[rows - 1]! += weights === undefined ? 1 : weights[i]!
    rowOf[i] = rows - 1
  }
  return {
    rowCount: rows,
    start: start.slice(0, rows + 1),
    leaves: leaves.slice(0, end),
    priorClass: examples.subarray(0, rows).map((i) => priorClass[i]!),
    weight: weight.slice(0, rows),
    rowOf,
    answer: answersOf(answers, examples.subarray(0, rows)),
  }
}

function alike(i: number, k: number, columns: readonly Int32Array[], priorClass: Int32Array): boolean {
  if (priorClass[i] !== priorClass[k]) return false
  for (let b = 0; b < columns.length; b++) if (columns[b]![i] !== columns[b]![k]) return false
  return true
}

function answersOf({ responses, columns, used }: Answers, examples: Int32Array): Int8Array {
  const answer = new Int8Array(examples.length * used.length)
  for (let j = 0; j < used.length; j++) {
    const { column, position } = used[j]!
    for (let row = 0; row < examples.length; row++) {
      const x = responses[examples[row]! * columns + column]!
      answer[row * used.length + j] = x < 0 ? -1 : position[x]!
    }
  }
  return answer
}

/** Stable. */
function countingSort(order: Int32Array, key: Int32Array, keys: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(keys + 1)
  for (const i of order) next[key[i]! + 1]!++
  for (let k = 0; k < keys; k++) next[k + 1]! += next[k]!
  const sorted = new Int32Array(order.length)
  for (const i of order) sorted[next[key[i]!]!++] = i
  return sorted
}

/** Points earned per thousand that could be: neighbours in this order have posteriors in the same place. */
function shareOfPoints(answers: Answers): Int32Array {
  const { responses, persons, columns, used } = answers
  const share = new Int32Array(persons)
  for (let i = 0; i < persons; i++) {
    let points = 0
    let most = 0
    for (const { column, position, scores } of used) {
      const x = responses[i * columns + column]!
      if (x < 0 || position[x]! < 0) continue
      points += position[x]!
      most += scores - 1
    }
    share[i] = most === 0 ? 0 : 1 + Math.round((1000 * points) / most)
  }
  return share
}
