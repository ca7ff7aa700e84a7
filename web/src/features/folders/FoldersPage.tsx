import { useQuery } from "@tanstack/react-query"
import { FolderTree } from "lucide-react"

import { FolderList } from "@/features/folders/FolderList"
import { topFoldersQuery } from "@/shared/api/catalogue"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

export default function FoldersPage() {
  const words = useWords()
  const query = useQuery(topFoldersQuery())
  return (
    <Page title={words.nav.folders}>
      <Shown query={query}>
        {({ items }) =>
          items.length > 0 ? (
            <FolderList folders={items} label={words.nav.folders} />
          ) : (
            <Empty
              icon={<FolderTree size={30} />}
              title={words.catalogue.nothing}
              text={words.catalogue.foldersEmpty}
            />
          )
        }
      </Shown>
    </Page>
  )
}
