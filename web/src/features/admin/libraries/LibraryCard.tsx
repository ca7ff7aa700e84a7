import { CloudUpload, FolderOpen, RefreshCw, Settings2, Trash2 } from "lucide-react"

import styles from "@/features/admin/libraries/Libraries.module.css"
import { isRunning } from "@/features/admin/libraries/libraries"
import type { OpenDialog } from "@/features/admin/libraries/LibraryDialogs"
import type { ManagedLibrary, Scan } from "@/shared/api/types"
import { bytes } from "@/shared/format/bytes"
import { ago } from "@/shared/format/time"
import { Badge } from "@/shared/ui/Badge"
import { Button } from "@/shared/ui/Button"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { Progress } from "@/shared/ui/Progress"
import { named, useLocale, useWords } from "@/shared/words/words"

const COUNTS = ["added", "changed", "moved", "missing", "problems"] as const

function ScanState({ scan }: { scan: Scan }) {
  const words = useWords().admin.libraries
  const locale = useLocale()
  const running = isRunning(scan)
  const number = new Intl.NumberFormat(locale)
  const { seen = 0, total = 0 } = scan.counts
  const far =
    total > 0 ? words.progress(number.format(seen), number.format(total)) : words.seen(number.format(seen))
  const counted = COUNTS.flatMap((name) => {
    const count = scan.counts[name] ?? 0
    return count > 0 ? [`${number.format(count)} ${words.counts[name]}`] : []
  })
  return (
    <div className={styles.scan} role="status">
      <p>
        <Badge look={running ? "accent" : scan.state === "done" ? "good" : "bad"}>
          {named(words.states, scan.state)}
        </Badge>{" "}
        {[far, ...counted].join(" · ")}
      </p>
      {running && (
        <Progress label={words.scanning} value={total > 0 ? Math.min(1, seen / total) : undefined} />
      )}
      {scan.error && <p className={styles.error}>{scan.error}</p>}
    </div>
  )
}

/** The ways to what went wrong. */
function Trouble({ library, onOpen }: { library: ManagedLibrary; onOpen: (open: OpenDialog) => void }) {
  const own = useWords().admin.libraries
  const missing = library.missing_count
  return (
    <div className={styles.links}>
      <Button
        look="plain"
        onClick={() => {
          onOpen({ kind: "problems", library })
        }}
      >
        {own.problems}
      </Button>
      <Button
        look="plain"
        onClick={() => {
          onOpen({ kind: "missing", library })
        }}
      >
        {missing > 0 ? `${own.missing} (${missing})` : own.missing}
      </Button>
    </div>
  )
}

function useLibraryMenu(library: ManagedLibrary, onOpen: (open: OpenDialog) => void): () => MenuItem[] {
  const own = useWords().admin.libraries
  const change: MenuItem = {
    label: own.settings,
    icon: <Settings2 size={18} />,
    onSelect: () => {
      onOpen({ kind: "change", library })
    },
  }
  const remove: MenuItem = {
    label: own.remove,
    icon: <Trash2 size={18} />,
    danger: true,
    apart: true,
    onSelect: () => {
      onOpen({ kind: "remove", library })
    },
  }
  return () => (library.kind === "uploads" ? [change] : [change, remove])
}

interface LibraryCardProps {
  library: ManagedLibrary
  scan: Scan | null
  onScan: () => void
  onOpen: (open: OpenDialog) => void
}

/** A library: what it holds, who hears it, how its last scan went. */
export function LibraryCard({ library, scan, onScan, onOpen }: LibraryCardProps) {
  const words = useWords()
  const own = words.admin.libraries
  const locale = useLocale()
  const uploads = library.kind === "uploads"
  const items = useLibraryMenu(library, onOpen)
  const facts = [
    words.counts.tracks(library.track_count),
    bytes(library.size_bytes, locale),
    library.everyone ? own.everyone : own.some,
    ...(uploads
      ? []
      : [library.scanned_at ? own.scanned(ago(library.scanned_at, locale)) : own.neverScanned]),
  ]
  return (
    <section className={styles.card} aria-label={library.name}>
      <header className={styles.head}>
        <span className={styles.icon}>{uploads ? <CloudUpload size={22} /> : <FolderOpen size={22} />}</span>
        <div className={styles.name}>
          <h2>{library.name}</h2>
          {library.path && <code>{library.path}</code>}
        </div>
        {!uploads && (
          <Button icon={<RefreshCw size={17} />} disabled={scan !== null && isRunning(scan)} onClick={onScan}>
            {own.scan}
          </Button>
        )}
        <Menu label={own.actions(library.name)} items={items} />
      </header>
      <p className={styles.facts}>{facts.join(" · ")}</p>
      {scan && <ScanState scan={scan} />}
      {!uploads && <Trouble library={library} onOpen={onOpen} />}
    </section>
  )
}
