/** Name, role and what else the project declares; and the language and look of the pages. */
import type { User } from '@doorward/client'
import { useState } from 'react'
import { Notice } from '../components/notice.tsx'
import { SelectField } from '../forms/fields.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { labelOf, ProfileField, profileOf } from '../forms/profile-fields.tsx'
import type { Locale } from '../i18n/locale.ts'
import { LOCALES } from '../i18n/locale.ts'
import { useTexts } from '../i18n/texts.ts'
import { useLanguageChoice } from '../session/own-language.ts'
import { client } from '../session/session.ts'
import { useUser } from '../session/signed-in.tsx'
import { settings } from '../settings.ts'
import type { Theme } from '../theme/theme.tsx'
import { useTheme } from '../theme/theme.tsx'
import { AccountPage, Section } from './account-page.tsx'

const own = settings.fields.filter(({ byOwner }) => byOwner)
const fixed = settings.fields.filter(({ byOwner }) => !byOwner)

const shownValue = (user: User, name: string) =>
  (user as unknown as Record<string, string | number | boolean | null>)[name]

/** The page. */
export function Profile() {
  const texts = useTexts()
  const user = useUser()
  const [isSaved, setIsSaved] = useState(false)
  return (
    <AccountPage title={texts.account.profile} lead={texts.account.profileLead}>
      <div className="section">
        <Form
          send={async (values) => {
            setIsSaved(false)
            await client.updateMe(profileOf(own, values))
            setIsSaved(true)
          }}
        >
          {isSaved && <Notice kind="good">{texts.common.saved}</Notice>}
          {own.map((field) => (
            <ProfileField key={field.name} field={field} value={shownValue(user, field.name)} />
          ))}
          <Fixed user={user} />
          <SubmitButton>{texts.common.save}</SubmitButton>
        </Form>
      </div>
      <Section title={texts.account.preferences}>
        <Preferences />
      </Section>
    </AccountPage>
  )
}

/** What only staff changes. */
function Fixed({ user }: { user: User }) {
  const texts = useTexts()
  return fixed
    .filter(({ name }) => shownValue(user, name) !== null && shownValue(user, name) !== undefined)
    .map((field) => (
      <p key={field.name} className="quiet">
        {labelOf(field, texts)}: <strong>{String(shownValue(user, field.name))}</strong>.{' '}
        {texts.account.roleFixed}
      </p>
    ))
}

function Preferences() {
  const { common } = useTexts()
  const { locale, choose } = useLanguageChoice()
  const { theme, choose: chooseTheme } = useTheme()
  return (
    <div className="pair">
      <SelectField
        name="language"
        label={common.language}
        choices={LOCALES}
        value={locale}
        onChange={(event) => choose(event.currentTarget.value as Locale)}
      />
      <SelectField
        name="look"
        label={common.look}
        choices={common.looks}
        value={theme}
        onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}
      />
    </div>
  )
}
