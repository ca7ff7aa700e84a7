import type { upload as Upload } from "@/shared/words/en/upload"

function files(count: number, one: string, many: string): string {
  return `${count} ${count < 2 ? one : many}`
}

export const upload: typeof Upload = {
  title: "Enviar",
  drop: "Solte música em qualquer lugar",
  dropHere: "Solte para enviar",
  text: "MP3, FLAC, Ogg Vorbis, Opus, M4A (AAC, ALAC), WAV, AIFF, WMA, APE e WavPack. Arquivos ou pastas inteiras.",
  chooseFiles: "Escolher arquivos",
  chooseFolder: "Escolher uma pasta",
  room: (used: string, all: string) => `${used} de ${all} em uso`,
  roomUnlimited: (used: string) => `${used} em uso, sem limite`,
  states: {
    waiting: "Esperando",
    sending: "Enviando",
    reading: "Sendo lido",
    done: "Acrescentado",
    duplicate: "Já estava aqui",
    failed: "Falhou",
    cancelled: "Cancelado",
  },
  cancel: (name: string) => `Cancelar ${name}`,
  retryOne: (name: string) => `Tentar ${name} de novo`,
  cancelAll: "Cancelar tudo",
  retryFailed: "Tentar de novo os que falharam",
  clear: "Limpar a lista",
  progress: (done: number, all: number) => `${done} de ${all} enviados`,
  finished: "Envio terminado",
  summary: (added: number, duplicates: number, failed: number) =>
    [
      files(added, "acrescentado", "acrescentados"),
      ...(duplicates ? [`${duplicates} já aqui`] : []),
      ...(failed ? [files(failed, "falhou", "falharam")] : []),
    ].join(" · "),
  passedOver: (count: number) => files(count, "arquivo não é música", "arquivos não são música"),
  tooLarge: (max: string) => `Maior que os ${max} permitidos por arquivo`,
  open: "Ver envios",
  leave: "Ainda há envios em andamento. Sair mesmo assim?",
  list: "Envios",
}
