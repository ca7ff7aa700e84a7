import { ApiKeys } from "@/features/profile/ApiKeys"
import { AppPasswords } from "@/features/profile/AppPasswords"
import { Appearance } from "@/features/profile/Appearance"
import { AboutMe } from "@/features/profile/AboutMe"
import { PasswordForm } from "@/features/profile/PasswordForm"
import { Playback } from "@/features/profile/Playback"
import { Privacy } from "@/features/profile/Privacy"
import { Sessions } from "@/features/profile/Sessions"
import { Page, Section } from "@/shared/ui/Page"
import { useWords } from "@/shared/words/words"

export default function ProfilePage() {
  const words = useWords()
  return (
    <Page title={words.profile.title} narrow>
      <Section title={words.profile.about}>
        <AboutMe />
      </Section>
      <Section title={words.profile.appearance}>
        <Appearance />
      </Section>
      <Section title={words.player.settings.title}>
        <Playback />
      </Section>
      <Section title={words.profile.privacy}>
        <Privacy />
      </Section>
      <Section title={words.profile.apps}>
        <AppPasswords />
      </Section>
      <Section title={words.profile.password}>
        <PasswordForm />
      </Section>
      <Section title={words.profile.sessions}>
        <Sessions />
      </Section>
      <Section title={words.profile.keys}>
        <ApiKeys />
      </Section>
    </Page>
  )
}
