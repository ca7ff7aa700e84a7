// Completes the build in dist/: the documentation pages' assets, then .gz and .br beside every text file.
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, extname, join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

const VENDOR = {
  "swagger-ui-dist": ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"],
  redoc: ["bundles/redoc.standalone.js", "bundles/redoc.standalone.js.LICENSE.txt"],
}
const TEXT = new Set([".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".webmanifest"])
const SMALLEST_BYTES = 1024

const require = createRequire(import.meta.url)

// Redoc fetches a picture from elsewhere, which our policy forbids, and tells that site who reads here.
const FOREIGN_PICTURE = "https://cdn.redoc.ly/redoc/logo-mini.svg"

async function withoutForeignPicture(path) {
  const text = await readFile(path, "utf8")
  if (!text.includes(FOREIGN_PICTURE))
    throw new Error(`${path} has changed: look for pictures from elsewhere`)
  await writeFile(
    path,
    text.replaceAll(FOREIGN_PICTURE, "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"),
  )
}

async function copyVendor() {
  await mkdir("dist/vendor", { recursive: true })
  for (const [name, files] of Object.entries(VENDOR)) {
    const folder = dirname(require.resolve(`${name}/package.json`))
    for (const file of files) await cp(join(folder, file), join("dist/vendor", file.split("/").at(-1)))
  }
  await withoutForeignPicture("dist/vendor/redoc.standalone.js")
}

async function compress(path) {
  const bytes = await readFile(path)
  if (bytes.length < SMALLEST_BYTES) return
  const brotli = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }
  const [gz, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, brotli),
  ])
  await Promise.all([writeFile(`${path}.gz`, gz), writeFile(`${path}.br`, br)])
}

await copyVendor()
const entries = await readdir("dist", { recursive: true, withFileTypes: true })
const texts = entries.filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
await Promise.all(texts.map((entry) => compress(join(entry.parentPath, entry.name))))
