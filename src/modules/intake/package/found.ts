import type { FoundTogether } from '#db/entity-checks.ts'
import type { Finding, Findings } from '#modules/registry/index.ts'

/** In which column of a file of the contract stands what a finding of the registry is about. */
const columns: Partial<Record<string, string>> = {
  name: 'name',
  sex: 'sex',
  birthMonth: 'birth_month',
  previous: 'previous_uid',
}

const columnOf = ({ about, part }: Finding): string | null => {
  if (about === 'learner') return columns[part ?? ''] ?? 'learner_uid'
  if (about === 'enrolment') return 'from'
  return about === 'result' ? 'value' : null
}

/** What the registry found, with the columns of the contract. */
export function inColumns({ found, total }: Findings): FoundTogether {
  return {
    found: found.map((each) => ({ ...each, column: columnOf(each) })),
    total,
  }
}
