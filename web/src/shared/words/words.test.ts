import { describe, expect, it } from "vitest"

import { en } from "@/shared/words/en"
import { sayProblem } from "@/shared/words/problems"
import { ptBR } from "@/shared/words/pt-BR"
import { localeOf, tongueOf } from "@/shared/words/words"
import { ProblemError } from "@/shared/api/problem"

/** All sentences of a catalogue by their path; functions are asked with examples. */
function sentences(part: unknown, path = ""): [string, string][] {
  if (typeof part === "string") return [[path, part]]
  if (typeof part === "function") {
    const said = (part as (...given: unknown[]) => string)(3, 2, 1)
    return [[path, said]]
  }
  return Object.entries(part as object).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`))
}

describe("the words", () => {
  it("say something for everything, in both languages", () => {
    const english = sentences(en)
    const portuguese = new Map(sentences(ptBR))
    expect(english.length).toBeGreaterThan(400)
    for (const [path, said] of english) {
      expect(said, path).not.toBe("")
      expect(portuguese.get(path), path).toBeTruthy()
    }
  })

  it("are translated, not copied", () => {
    const portuguese = new Map(sentences(ptBR))
    const same = sentences(en).filter(([path, said]) => said.length > 14 && portuguese.get(path) === said)
    expect(same.map(([path]) => path)).toEqual([".settings.languages.pt-BR"])
  })

  it("count in both languages", () => {
    expect([en.counts.tracks(1), en.counts.tracks(0), en.counts.tracks(12_345)]).toEqual([
      "1 track",
      "0 tracks",
      "12,345 tracks",
    ])
    expect([ptBR.counts.tracks(1), ptBR.counts.tracks(12_345)]).toEqual(["1 faixa", "12.345 faixas"])
  })

  it("are chosen by the browser's languages unless somebody chose", () => {
    expect(tongueOf("auto", ["de-DE", "pt-PT", "en"])).toBe("pt-BR")
    expect(tongueOf("auto", ["en-GB", "pt-BR"])).toBe("en")
    expect(tongueOf("auto", ["ja"])).toBe("en")
    expect(tongueOf("pt-BR", ["en"])).toBe("pt-BR")
  })

  it("tell problems in the language, and in the server's own words where they have none", () => {
    expect(sayProblem(new ProblemError(409, { code: "last_owner" }), ptBR)).toBe(
      "O último dono não pode ser removido.",
    )
    expect(sayProblem(new ProblemError(409, { code: "brand_new", detail: "So it is." }), ptBR)).toBe(
      "So it is.",
    )
    expect(sayProblem(new TypeError("Failed to fetch"), en)).toBe(en.errors.offline)
  })

  it("are dated as the browser's country does", () => {
    expect(localeOf("en", ["de-DE", "en-GB", "en"])).toBe("en-GB")
    expect(localeOf("en", ["pt-BR"])).toBe("en")
    expect(localeOf("pt-BR", ["en", "pt-PT"])).toBe("pt-PT")
  })
})
