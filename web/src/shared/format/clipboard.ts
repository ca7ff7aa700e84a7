/** Copy by a selection: pages reached by plain http have no navigator.clipboard. */
function copySelected(text: string): boolean {
  const area = document.createElement("textarea")
  area.value = text
  area.readOnly = true
  area.style.position = "fixed"
  area.style.opacity = "0"
  // Inside an open dialog everything outside of it is inert and cannot be selected.
  const home = document.querySelector("dialog[open]") ?? document.body
  home.append(area)
  area.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure origin
  const done = document.execCommand("copy")
  area.remove()
  return done
}

/** Copy a text; answers whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (!clipboard) return copySelected(text)
  try {
    await clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}
