import type { Words } from "@/shared/words/en"
import { admin } from "@/shared/words/pt-BR/admin"
import { catalogue } from "@/shared/words/pt-BR/catalogue"
import { collection } from "@/shared/words/pt-BR/collection"
import { common } from "@/shared/words/pt-BR/common"
import { entry } from "@/shared/words/pt-BR/entry"
import { errors } from "@/shared/words/pt-BR/errors"
import { listening } from "@/shared/words/pt-BR/listening"
import { lyrics } from "@/shared/words/pt-BR/lyrics"
import { player } from "@/shared/words/pt-BR/player"
import { profile } from "@/shared/words/pt-BR/profile"
import { radio } from "@/shared/words/pt-BR/radio"
import { remote } from "@/shared/words/pt-BR/remote"
import { rules } from "@/shared/words/pt-BR/rules"
import { search } from "@/shared/words/pt-BR/search"
import { sharing } from "@/shared/words/pt-BR/sharing"
import { sync } from "@/shared/words/pt-BR/sync"
import { upload } from "@/shared/words/pt-BR/upload"

/** All words in Brazilian Portuguese. */
export const ptBR: Words = {
  ...common,
  admin,
  catalogue,
  collection,
  entry,
  errors,
  listening,
  lyrics,
  player,
  profile,
  radio,
  remote,
  rules,
  search,
  sharing,
  sync,
  upload,
}
