const SUFFIXES = new Set(
  ".mp3 .flac .wav .aif .aiff .aifc .ogg .oga .opus .m4a .m4b .mp4 .aac .wma .ape .wv".split(" "),
)

/** For the file chooser. */
export const ACCEPTED = [...SUFFIXES].join(",")

function isSound(name: string): boolean {
  const dot = name.lastIndexOf(".")
  return dot > 0 && SUFFIXES.has(name.slice(dot).toLowerCase())
}

/** What of some files is music by its name, and how many are not. Hidden files of systems are not counted. */
export function sounds(files: readonly File[]): { chosen: File[]; passedOver: number } {
  const visible = files.filter(
    ({ name }) => !name.startsWith(".") && name !== "Thumbs.db" && name !== "desktop.ini",
  )
  const chosen = visible.filter(({ name }) => isSound(name))
  return { chosen, passedOver: visible.length - chosen.length }
}

function fileOf(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) => {
    // A file that cannot be read, as a broken link, is as good as none.
    entry.file(
      (file) => {
        resolve([file])
      },
      () => {
        resolve([])
      },
    )
  })
}

async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    // A reader gives a hundred at a time and nothing at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([])
      })
    })
    if (some.length === 0) return all
    all.push(...some)
  }
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return fileOf(entry as FileSystemFileEntry)
  const files: File[] = []
  for (const inner of await listed(entry as FileSystemDirectoryEntry)) files.push(...(await filesOf(inner)))
  return files
}

/** All files that were dropped, those in dropped folders included. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // The list is emptied when the event is over: take what it holds before anything is awaited.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry())
  const plain = [...data.files]
  const found: File[] = []
  for (const entry of entries) if (entry) found.push(...(await filesOf(entry)))
  return found.length > 0 ? found : plain
}
