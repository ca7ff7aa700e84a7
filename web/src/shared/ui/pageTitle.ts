import { create } from "zustand"

/** The title of the page shown, without the name of the house. */
export const usePageTitle = create<{ title: string }>()(() => ({ title: "" }))
