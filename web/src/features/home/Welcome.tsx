import { Link } from "react-router"

import styles from "@/features/home/Welcome.module.css"
import { useMay } from "@/shared/session/house"
import { Logo } from "@/shared/ui/Logo"
import { Empty } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

/** A house without music: what to do about it, for whoever may do something. */
export function Welcome() {
  const words = useWords()
  const mayManage = useMay("library.manage")
  const mayUpload = useMay("library.upload")
  const { emptyAdmin, emptyMember, emptyGuest, emptyTitle, addFolder } = words.catalogue
  const text = mayManage ? emptyAdmin : mayUpload ? emptyMember : emptyGuest
  return (
    <Empty title={emptyTitle} text={text} icon={<Logo size={40} />}>
      {mayManage && (
        <Link to="/admin/libraries" className={styles.first}>
          {addFolder}
        </Link>
      )}
      {mayUpload && (
        <Link to="/upload" className={mayManage ? styles.second : styles.first}>
          {words.nav.upload}
        </Link>
      )}
    </Empty>
  )
}
