export default function HomePage() {
  return <h1>Kā klājas Latvijas skolām un bērniem tajās</h1>
}
