// Before the first paint: the chosen theme, so that nothing flashes. Kept apart because the policy forbids inline scripts.
try {
  const kept = JSON.parse(localStorage.getItem("sarau.preferences") ?? "{}")
  const theme = kept?.state?.theme
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {
  // What cannot be read is not applied.
}
