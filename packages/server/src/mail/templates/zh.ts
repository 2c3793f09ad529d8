/** The mails in Chinese (simplified). */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `此链接在${lifetime}内有效，且只能使用一次。`
const signInWith = ({ email }: LetterData) => (email ? `您登录所用的电子邮箱是 ${email}。` : '')

/** Chinese (simplified). */
export const zh: Language = {
  code: 'zh',
  greeting: (firstName) => (firstName ? `${firstName}，您好：` : '您好：'),
  buttonHint: '如果按钮无法使用，请将以下地址复制到浏览器中打开：',
  footer: (siteName) => `这是 ${siteName} 自动发送的邮件，请勿回复。`,
  letters: {
    activation: (data) => ({
      subject: `激活您在 ${data.siteName} 的账户`,
      opening: [
        `有人（希望是您本人）使用此电子邮箱在 ${data.siteName} 注册。只差一步：请打开此链接以激活账户。`,
      ],
      action: { label: '激活我的账户', url: data.link },
      notes: [`${worksOnce(data)}之后您可以申请新的链接。`],
      aside: '不是您本人？那么无需任何操作。不打开此链接，账户就不会激活，任何人都无法登录。',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}：账户已创建并激活`,
      opening: [`您在 ${data.siteName} 的账户已创建并激活，可以使用了。`],
      notes: [signInWith(data)],
      aside: '不是您本人？那么请重置此账户的密码，并检查是否有他人能读取您的邮件。',
    }),
    invitation: (data) => ({
      subject: `邀请您加入 ${data.siteName}`,
      opening: [`${data.siteName} 的运营者为您创建了账户。请打开此链接设置密码，账户即可使用。`],
      action: { label: '接受邀请', url: data.link },
      notes: [`${worksOnce(data)}之后请联系他们重新邀请。`, signInWith(data)],
      aside: '没有等待邀请？那么无需任何操作。不打开此链接，任何人都无法登录此账户。',
    }),
    password_reset: (data) => ({
      subject: `重置您在 ${data.siteName} 的密码`,
      opening: [`有人（希望是您本人）申请重置您在 ${data.siteName} 的账户密码。请打开此链接设置新密码。`],
      action: { label: '设置新密码', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '不是您本人？那么无需任何操作。您的密码不会改变。',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}：密码已更改`,
      opening: [`您在 ${data.siteName} 的账户密码已更改。`],
      notes: [signInWith(data)],
      aside: `不是您本人？那么有他人进入了您的账户。请立即前往 ${data.siteName} 重置密码，并检查是否有他人能读取您的邮件。`,
    }),
    email_reset: (data) => ({
      subject: `更改您在 ${data.siteName} 的电子邮箱`,
      opening: [
        `有人（希望是您本人）申请更改您在 ${data.siteName} 的账户电子邮箱。请打开此链接输入新的电子邮箱。`,
      ],
      action: { label: '输入新的电子邮箱', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '不是您本人？那么无需任何操作。您的电子邮箱不会改变。',
    }),
    email_change: (data) => ({
      subject: `确认您在 ${data.siteName} 的新电子邮箱`,
      opening: [`有人（希望是您本人）希望今后使用此电子邮箱登录 ${data.siteName}。请打开此链接进行确认。`],
      action: { label: '确认此电子邮箱', url: data.link },
      notes: [worksOnce(data)],
      aside: '不是您本人？那么无需任何操作。不打开此链接，一切都不会改变。',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}：此电子邮箱已有账户`,
      opening: [
        `有人（希望是您本人）想在 ${data.siteName} 的另一个账户中使用此电子邮箱。它已属于您的账户，因此没有任何改动。若要用于另一个账户，请先为此账户更换电子邮箱，或删除此账户。`,
      ],
      action: { label: `前往 ${data.siteName}`, url: data.frontendUrl },
      aside: '不是您本人？那么无需任何操作。您的账户没有变化，尝试的人也不会得知它存在。',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}：电子邮箱已更改`,
      opening: [
        `您在 ${data.siteName} 的账户电子邮箱已更改。今后请使用${data.email || '新的电子邮箱'}登录。`,
      ],
      aside: `不是您本人？那么有人在自己的账户中填写了您的电子邮箱。请告知 ${data.siteName} 的运营者。`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}：您不再使用此电子邮箱登录`,
      opening: [
        `您在 ${data.siteName} 的账户电子邮箱已更改。此电子邮箱不能再用于登录，我们的邮件将发往新的电子邮箱。`,
      ],
      action: { label: '撤销更改', url: data.link },
      notes: [
        `此链接在${data.lifetime}内有效，且只能使用一次。它会恢复此电子邮箱，让所有设备退出登录，并让您设置新密码。`,
      ],
      aside: '不是您本人？那么有他人控制了您的账户：请立即撤销更改，并检查是否有他人能读取您的邮件。',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}：您的电子邮箱已恢复`,
      opening: [
        `您在 ${data.siteName} 的账户电子邮箱更改已撤销。所有设备均已退出登录，原密码不再有效。请打开此链接设置新密码。`,
      ],
      action: { label: '设置新密码', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '不是您本人？那么请检查是否有他人能读取您的邮件，并设置新密码。',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}：您已有账户`,
      opening: [
        `有人（希望是您本人）想用此电子邮箱在 ${data.siteName} 注册。您已有账户：请直接登录；如果忘记了密码，请重置密码。`,
      ],
      action: { label: `前往 ${data.siteName}`, url: data.frontendUrl },
      aside: '不是您本人？那么无需任何操作。您的账户没有变化，尝试的人也不会得知它存在。',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}：为安全起见，您已退出登录`,
      opening: [
        `您在 ${data.siteName} 的一次登录在两处同时被使用，这通常意味着有人复制了它。为安全起见，我们已将其结束。请重新登录以继续。`,
      ],
      action: { label: '重新登录', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: '不清楚原因？那么请重置密码，并检查设备上是否有不可信的程序和浏览器扩展。',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}：多次登录失败`,
      opening: [
        `有人在您的 ${data.siteName} 账户上尝试了许多密码，全部错误。从账户不认识的设备上，每次新的尝试都需要等待一段时间。`,
        '您自己也需要等待吗？打开此链接设置新密码，即可立即登录。',
      ],
      action: { label: '设置新密码', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '不是您本人？如果您的密码足够长且没有在别处使用，则无需任何操作。此类邮件每天最多发送一次。',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}：新设备登录`,
      opening: [
        `有人（希望是您本人）从一台此前未使用过的设备登录了您在 ${data.siteName} 的账户：${data.place}。时间是 ${data.time}。`,
      ],
      action: { label: `前往 ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `不是您本人？那么有人知道了您的密码。请立即前往 ${data.siteName} 重置密码（所有设备都会退出登录），并检查是否有他人能读取您的邮件。`,
    }),
  },
}
