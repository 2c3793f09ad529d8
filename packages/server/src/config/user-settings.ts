/** The section of settings about who people are: fields, roles, addresses, and who sees whom. */
import type { ProfileFields } from '../domain/profile-field.ts'
import { builtInFields, roleNames } from './checks.ts'
import { choice, flag, list, number, optOutWhen, value } from './descriptors.ts'
import { profileFields } from './map-checks.ts'

/** Section `users`. */
export const userSettings = {
  fields: value<ProfileFields>({
    default: {},
    counterpart: 'SERIALIZERS (user, current_user, user_create)',
    doc: 'Fields of your own beside first_name, last_name and role; they become real columns.',
    check: profileFields,
  }),
  requiredFields: list({
    default: ['first_name', 'last_name', 'role'],
    env: 'REQUIRED_FIELDS',
    counterpart: 'REQUIRED_FIELDS (of the user model)',
    doc: 'Which of first_name, last_name and role people must give. The others may be left out or blank.',
    check: builtInFields,
  }),
  roles: list({
    default: [],
    env: 'ROLES',
    counterpart: 'choices of the model field',
    doc: 'The roles there are. Empty: any text of up to 30 characters.',
    check: roleNames,
  }),
  rolesAtRegistration: list({
    default: [],
    env: 'ROLES_AT_REGISTRATION',
    doc: 'The roles a person may take at registration. Empty: all but the reserved ones.',
    check: roleNames,
  }),
  reservedRoles: list({
    default: ['admin'],
    djoser: [],
    env: 'RESERVED_ROLES',
    doc: 'Roles that only staff may give.',
    check: roleNames,
    optOut: { when: (roles) => roles.length === 0, risk: 'anybody may register with any role' },
  }),
  ownRoleChangeable: flag({
    default: false,
    djoser: true,
    doc: 'Whether a person may change the own role. Off: staff only.',
    optOut: optOutWhen(true, 'people may give themselves other roles'),
  }),
  emailComparison: choice(['insensitive', 'exact'], {
    default: 'insensitive',
    djoser: 'exact',
    doc: 'How addresses are compared. `exact` makes two accounts of `A@x.org` and `a@x.org`.',
    optOut: {
      when: (how) => how === 'exact',
      risk: 'one mailbox may have several accounts that look alike',
    },
  }),
  hideOthers: choice(['always', 'reading', 'never'], {
    default: 'always',
    djoser: 'reading',
    counterpart: 'HIDE_USERS',
    doc: 'Whether accounts of others are hidden (404) from those without staff rights, or refused (403). `reading`: deleting answers 403, as in Djoser. `never`: all accounts are listed to all.',
    optOut: {
      when: (policy) => policy === 'never',
      risk: 'everybody signed in sees all accounts',
    },
  }),
  pageSize: number({
    default: 100,
    djoser: 1_000_000_000,
    min: 1,
    max: 1_000_000_000,
    counterpart: 'PAGE_SIZE (DRF)',
    doc: 'How many accounts a list holds; the Link header leads to the next page (RFC 8288). Djoser lists all at once.',
  }),
  keepAdministrator: flag({
    default: true,
    djoser: false,
    doc: 'Whether the last active account with staff rights is kept: it cannot be deleted, switched off or demoted.',
    optOut: optOutWhen(false, 'the last administrator can go, and then nobody is in charge'),
  }),
  dataExport: flag({
    default: true,
    djoser: false,
    doc: 'Whether a person may take home what is stored about the own account: `users/me/export/` (GDPR, Art. 15 and 20).',
  }),
  showIdAtRegistration: flag({
    default: false,
    djoser: true,
    doc: 'Whether the answer to a registration carries the id. Off: it tells nothing about the account.',
    optOut: optOutWhen(true, 'the answer to a registration may tell who has an account'),
  }),
}
