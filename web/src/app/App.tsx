import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { createBrowserRouter, RouterProvider } from "react-router"

import { openRecovery } from "@/app/recovery"
import { routes } from "@/app/routes"
import { ProblemError } from "@/shared/api/problem"
import { applyTheme, usePreferences } from "@/shared/preferences/preferences"
import { openTabs, signedOut } from "@/shared/session/house"
import { onSessionEnd } from "@/shared/session/session"
import { Toasts } from "@/shared/ui/Toasts"
import { toastProblem } from "@/shared/ui/toasts"
import { useTongue } from "@/shared/words/words"

const MOST_RETRIES = 1

/** Only what may pass by itself is asked again, and soon told: openRecovery goes on trying. */
function worthRetrying(failures: number, error: Error): boolean {
  const passing = !(error instanceof ProblemError) || error.status === 0 || error.status >= 500
  return passing && failures < MOST_RETRIES
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, refetchOnWindowFocus: false } },
    mutationCache: new MutationCache({ onError: toastProblem }),
  })
}

function useAppearance(): void {
  const theme = usePreferences((state) => state.theme)
  const tongue = useTongue()
  useEffect(() => {
    applyTheme(theme)
    const system = matchMedia("(prefers-color-scheme: dark)")
    const onChange = () => {
      applyTheme(theme)
    }
    system.addEventListener("change", onChange)
    return () => {
      system.removeEventListener("change", onChange)
    }
  }, [theme])
  useEffect(() => {
    document.documentElement.lang = tongue
  }, [tongue])
}

export function App() {
  const [client] = useState(makeClient)
  const [router] = useState(() => createBrowserRouter(routes))
  useAppearance()
  useEffect(
    () =>
      onSessionEnd(() => {
        signedOut(client)
      }),
    [client],
  )
  useEffect(() => openRecovery(client), [client])
  useEffect(() => openTabs(client), [client])
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  )
}
