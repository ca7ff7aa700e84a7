import type { Sheet } from "@/shared/api/types"

const LRC_TIME = /\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]/g
const LRC_WORD_TIME = /<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>/g
const LRC_TAG = /^\[[a-z]+:.*\]\s*$/i
const CHORDPRO_DIRECTIVE = /^\s*\{([^:}]*)(?::\s*(.*?))?\}\s*$/
const SHOWN_DIRECTIVES = new Set(["title", "t", "subtitle", "st", "comment", "c", "start_of_chorus", "soc"])

function lrcText(content: string): string {
  const lines = content.split(/\r?\n/).filter((line) => !LRC_TAG.test(line))
  return lines.map((line) => line.replace(LRC_TIME, "").replace(LRC_WORD_TIME, "").trim()).join("\n")
}

function chordproText(content: string): string {
  const lines = content.split(/\r?\n/).filter((line) => !line.startsWith("#"))
  const shown = lines.flatMap((line) => {
    const directive = CHORDPRO_DIRECTIVE.exec(line)
    if (!directive) return [line]
    const [, name = "", value = ""] = directive
    return SHOWN_DIRECTIVES.has(name.trim().toLowerCase()) && value ? [value] : []
  })
  return shown.join("\n")
}

/** The words of a sheet without what only machines read. */
export function sheetText({ format, content }: Sheet): string {
  const texts = { plain: (text: string) => text, lrc: lrcText, chordpro: chordproText }
  return texts[format](content).trim()
}
