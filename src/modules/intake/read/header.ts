import { FileFault } from './file-fault.ts'

/**
 * Where each column of the mapping stands in the file.
 *
 * @throws  FileFault unless the file has exactly the columns the mapping expects, in any order. Names that are not expected
 *          are counted, not repeated: in a file without a header they would be somebody's data.
 */
export function placeColumns(found: readonly string[], expected: readonly string[]): Map<string, number> {
  const names = found.map((name) => name.trim())
  const missing = expected.filter((name) => !names.includes(name))
  const repeated = expected.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  const unexpected = names.filter((name) => !expected.includes(name)).length
  if (missing.length + repeated.length + unexpected > 0) {
    throw new FileFault('file.header', 1, {
      missing: missing.join(', '),
      repeated: repeated.join(', '),
      unexpected,
      expected: expected.join(', '),
    })
  }
  return new Map(expected.map((name) => [name, names.indexOf(name)]))
}

/**
 * Where the columns of an entity stand in its file: the required ones and any of the others, in any order.
 *
 * @throws  FileFault when one is missing, repeated or not of the contract; its name is counted, not repeated
 */
export function placeKnown(
  found: readonly string[],
  { required, known }: { required: readonly string[]; known: readonly string[] },
): Map<string, number> {
  const names = found.map((name) => name.trim())
  const missing = required.filter((name) => !names.includes(name))
  const repeated = known.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  const unexpected = names.filter((name) => !known.includes(name)).length
  if (missing.length + repeated.length + unexpected > 0) {
    throw new FileFault('file.columns', 1, {
      missing: missing.join(', '),
      repeated: repeated.join(', '),
      unexpected,
      expected: known.join(', '),
    })
  }
  return new Map(names.map((name, at) => [name, at]))
}
