import { privacy } from './privacy.ts'
import { ProsePage } from './prose-page.tsx'

export default function PrivacyPage() {
  return <ProsePage prose={privacy} />
}
