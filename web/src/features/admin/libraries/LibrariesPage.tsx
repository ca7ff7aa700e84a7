import { useQuery, useQueryClient } from "@tanstack/react-query"
import { FolderPlus } from "lucide-react"
import { useEffect, useRef, useState } from "react"

import { Guarded } from "@/features/admin/Guarded"
import { isRunning, managedQuery, scansQuery } from "@/features/admin/libraries/libraries"
import { LibraryCard } from "@/features/admin/libraries/LibraryCard"
import { LibraryDialogs, type OpenDialog } from "@/features/admin/libraries/LibraryDialogs"
import { catalogueChanged } from "@/shared/api/catalogue"
import { api, take } from "@/shared/api/client"
import type { ManagedLibrary } from "@/shared/api/types"
import { Button } from "@/shared/ui/Button"
import { Page } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { toast, toastProblem } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const EXPECT_MS = 15_000

/** The scans as they go; when the last one ends, everything shown of the catalogue is asked for anew. */
function useScans() {
  const client = useQueryClient()
  const [expecting, setExpecting] = useState(false)
  const { data } = useQuery(scansQuery(expecting))
  const scans = data?.items ?? []
  const running = scans.some(isRunning)
  useEffect(() => {
    if (!expecting) return
    const timer = setTimeout(() => {
      setExpecting(false)
    }, EXPECT_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [expecting])
  const state = data && `${scans[0]?.id ?? ""} ${running}`
  const known = useRef(state)
  useEffect(() => {
    const first = known.current === undefined
    if (state === known.current) return
    known.current = state
    if (first || running) return
    void client.invalidateQueries({ queryKey: managedQuery.queryKey })
    void catalogueChanged(client)
  }, [running, state, client])
  return {
    scans,
    expect: () => {
      setExpecting(true)
    },
  }
}

export default function LibrariesPage() {
  const words = useWords().admin.libraries
  const query = useQuery(managedQuery)
  const { scans, expect } = useScans()
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const scan = async ({ id }: ManagedLibrary) => {
    try {
      await take(
        api.POST("/api/v1/admin/libraries/{library_id}/scan", {
          params: { path: { library_id: id } },
          body: {},
        }),
      )
      toast(words.queued)
      expect()
    } catch (error) {
      toastProblem(error)
    }
  }
  return (
    <Guarded needs="library.manage">
      <Page
        title={words.title}
        narrow
        actions={
          <Button
            look="primary"
            icon={<FolderPlus size={18} />}
            onClick={() => {
              setOpen({ kind: "new" })
            }}
          >
            {words.add}
          </Button>
        }
      >
        <Shown query={query}>
          {({ items }) =>
            items.map((library) => (
              <LibraryCard
                key={library.id}
                library={library}
                scan={scans.find(({ library_id: id }) => id === library.id) ?? null}
                onScan={() => void scan(library)}
                onOpen={setOpen}
              />
            ))
          }
        </Shown>
        {open && (
          <LibraryDialogs
            open={open}
            onAdded={expect}
            onClose={() => {
              setOpen(null)
            }}
          />
        )}
      </Page>
    </Guarded>
  )
}
