import { help } from './help.ts'
import { ProsePage } from './prose-page.tsx'

export default function HelpPage() {
  return <ProsePage prose={help} />
}
