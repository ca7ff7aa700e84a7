import { Folder as FolderIcon } from "lucide-react"
import { Link } from "react-router"

import styles from "@/features/folders/Folders.module.css"
import type { Folder } from "@/shared/api/types"
import { rowsOf } from "@/shared/api/useListing"
import { Cover } from "@/shared/ui/Cover"
import { VirtualGrid } from "@/shared/ui/VirtualGrid"

/** Folders by their names, with the cover found in them. */
export function FolderList({ folders, label }: { folders: readonly Folder[]; label: string }) {
  return (
    <VirtualGrid rows={rowsOf(folders)} label={label} look="lines">
      {(folder) => (
        <Link to={`/folders/${folder.id}`} className={styles.folder}>
          {folder.cover ? (
            <Cover kind="folders" id={folder.id} cover={folder.cover} size={96} className={styles.cover} />
          ) : (
            <span className={styles.icon}>
              <FolderIcon size={22} />
            </span>
          )}
          <span className="ellipsis">{folder.name}</span>
        </Link>
      )}
    </VirtualGrid>
  )
}
