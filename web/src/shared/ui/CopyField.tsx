import { Check, Copy } from "lucide-react"
import { useState } from "react"

import { copyText } from "@/shared/format/clipboard"
import { Button } from "@/shared/ui/Button"
import styles from "@/shared/ui/CopyField.module.css"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

/** A text to be taken away: a link, a code, a key. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const words = useWords()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(text)
    setCopied(done)
    if (!done) toast(words.copyFailed, "problem")
  }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <div className={styles.row}>
        <code aria-label={label}>{text}</code>
        <Button icon={copied ? <Check size={16} /> : <Copy size={16} />} onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </Button>
      </div>
    </div>
  )
}
