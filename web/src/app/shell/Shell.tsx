import { useEffect, useState } from "react"
import { Outlet, useLocation, useNavigationType } from "react-router"

import { Dialogs } from "@/app/dialogs/Dialogs"
import { Sidebar } from "@/app/shell/Sidebar"
import styles from "@/app/shell/Shell.module.css"
import { TabBar } from "@/app/shell/TabBar"
import { TopBar } from "@/app/shell/TopBar"
import { useDocumentTitle } from "@/app/shell/useDocumentTitle"
import { useFocusOnPage } from "@/app/shell/useFocusOnPage"
import { useScrolled, useScrollMemory } from "@/app/shell/useScrollMemory"
import { useSessionKeeper } from "@/app/shell/useSessionKeeper"
import { useShortcuts } from "@/app/shell/useShortcuts"
import { DropZone } from "@/features/upload/DropZone"
import { openPlayer } from "@/player/engine/controls"
import { openMediaSession } from "@/player/engine/mediaSession"
import { usePlayerView } from "@/player/engine/store"
import { OnAir } from "@/player/radio/OnAir"
import { openRemote } from "@/player/remote/hub"
import { ResumeOffer } from "@/player/resume/ResumeOffer"
import { FullPlayer } from "@/player/ui/FullPlayer"
import { PlayerBar } from "@/player/ui/PlayerBar"
import { SidePanel } from "@/player/ui/SidePanel"
import { useMe } from "@/shared/session/house"
import { ScrollerContext } from "@/shared/ui/scroller"
import { useWords } from "@/shared/words/words"

/** Everything around the pages: it stays while they come and go, and the music with it. */
export function Shell() {
  const words = useWords()
  const { id } = useMe().user
  const full = usePlayerView((view) => view.full)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const location = useLocation()

  useEffect(() => openPlayer(id), [id])
  useEffect(() => openRemote(id), [id])
  useEffect(() => openMediaSession(), [])
  useSessionKeeper()
  useShortcuts()
  useDocumentTitle()
  useScrollMemory(scroller, location.key, useNavigationType())
  useFocusOnPage(scroller, location.pathname)

  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {words.skipToContent}
      </a>
      <Sidebar />
      <div className={styles.center}>
        <main ref={setScroller} id="content" tabIndex={-1} className={styles.main}>
          <TopBar raised={useScrolled(scroller)} />
          <ScrollerContext value={scroller}>
            <Outlet />
          </ScrollerContext>
        </main>
        <SidePanel />
      </div>
      <ResumeOffer />
      <OnAir />
      <PlayerBar />
      <TabBar />
      {full && <FullPlayer />}
      <Dialogs />
      <DropZone />
    </div>
  )
}
