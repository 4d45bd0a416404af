import { glossary } from './glossary.ts'
import { ProsePage } from './prose-page.tsx'

export default function GlossaryPage() {
  return <ProsePage prose={glossary} />
}
