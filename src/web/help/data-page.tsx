import { data } from './data.ts'
import { ProsePage } from './prose-page.tsx'

export default function DataPage() {
  return <ProsePage prose={data} />
}
