/** The mails in Japanese. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `このリンクは${lifetime}以内に 1 回だけ使えます。`
const signInWith = ({ email }: LetterData) =>
  email ? `サインインに使うメールアドレスは ${email} です。` : ''

/** Japanese. */
export const ja: Language = {
  code: 'ja',
  greeting: (firstName) => (firstName ? `${firstName} 様` : 'こんにちは。'),
  buttonHint: 'ボタンが使えない場合は、次のアドレスをブラウザーに貼り付けてください。',
  footer: (siteName) => `これは ${siteName} からの自動送信メールです。返信いただいてもお読みできません。`,
  letters: {
    activation: (data) => ({
      subject: `${data.siteName} アカウントの有効化`,
      opening: [
        `このメールアドレスで ${data.siteName} への登録がありました。あと 1 ステップです。次のリンクを開いて、アカウントを有効にしてください。`,
      ],
      action: { label: 'アカウントを有効にする', url: data.link },
      notes: [`${worksOnce(data)}その後は、新しいリンクを請求できます。`],
      aside:
        'お心当たりがない場合は、何もしないでください。このリンクを開かないかぎりアカウントは無効のままで、誰もサインインできません。',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}：アカウントが有効になりました`,
      opening: [`${data.siteName} のアカウントが作成され、有効になりました。すぐにお使いいただけます。`],
      notes: [signInWith(data)],
      aside:
        'お心当たりがない場合は、このアカウントのパスワードを再設定し、ほかの人があなたのメールを読めないか確認してください。',
    }),
    invitation: (data) => ({
      subject: `${data.siteName} への招待`,
      opening: [
        `${data.siteName} の運営者があなたのアカウントを作成しました。次のリンクを開いてパスワードを設定すると、アカウントが使えるようになります。`,
      ],
      action: { label: '招待を受ける', url: data.link },
      notes: [`${worksOnce(data)}その後は、もう一度招待するよう運営者にご依頼ください。`, signInWith(data)],
      aside:
        '招待に心当たりがない場合は、何もしないでください。このリンクを開かないかぎり、誰もこのアカウントにサインインできません。',
    }),
    password_reset: (data) => ({
      subject: `${data.siteName} パスワードの再設定`,
      opening: [
        `${data.siteName} のアカウントについて、パスワード再設定のご依頼がありました。次のリンクを開いて、新しいパスワードを設定してください。`,
      ],
      action: { label: '新しいパスワードを設定する', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'お心当たりがない場合は、何もしないでください。パスワードは変わりません。',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}：パスワードが変更されました`,
      opening: [`${data.siteName} のアカウントのパスワードが変更されました。`],
      notes: [signInWith(data)],
      aside: `お心当たりがない場合は、ほかの人があなたのアカウントを使っています。今すぐ ${data.siteName} でパスワードを再設定し、ほかの人があなたのメールを読めないか確認してください。`,
    }),
    email_reset: (data) => ({
      subject: `${data.siteName} メールアドレスの変更`,
      opening: [
        `${data.siteName} のアカウントについて、メールアドレス変更のご依頼がありました。次のリンクを開いて、新しいアドレスを入力してください。`,
      ],
      action: { label: '新しいメールアドレスを入力する', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'お心当たりがない場合は、何もしないでください。メールアドレスは変わりません。',
    }),
    email_change: (data) => ({
      subject: `${data.siteName}：新しいメールアドレスの確認`,
      opening: [
        `今後このメールアドレスで ${data.siteName} にサインインしたいというご依頼がありました。次のリンクを開いて、アドレスを確認してください。`,
      ],
      action: { label: 'このアドレスを確認する', url: data.link },
      notes: [worksOnce(data)],
      aside: 'お心当たりがない場合は、何もしないでください。このリンクを開かないかぎり何も変わりません。',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}：このアドレスにはすでにアカウントがあります`,
      opening: [
        `このメールアドレスを ${data.siteName} の別のアカウントで使おうとする操作がありました。このアドレスはすでにあなたのアカウントのものなので、何も変更していません。別のアカウントで使うには、まずこのアカウントのアドレスを変えるか、アカウントを削除してください。`,
      ],
      action: { label: `${data.siteName} を開く`, url: data.frontendUrl },
      aside:
        'お心当たりがない場合は、何もしないでください。アカウントはそのままで、操作した人にアカウントの有無は知らされていません。',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}：メールアドレスが変更されました`,
      opening: [
        `${data.siteName} のアカウントのメールアドレスが変更されました。今後は ${data.email || '新しいアドレス'} でサインインしてください。`,
      ],
      aside: `お心当たりがない場合は、ほかの人が自分のアカウントにあなたのアドレスを登録しています。${data.siteName} の運営者にお知らせください。`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}：このアドレスではサインインできなくなりました`,
      opening: [
        `${data.siteName} のアカウントのメールアドレスが変更されました。このアドレスではもうサインインできず、今後のメールは新しいアドレスに届きます。`,
      ],
      action: { label: '変更を取り消す', url: data.link },
      notes: [
        `このリンクは${data.lifetime}以内に 1 回だけ使えます。このアドレスに戻し、すべての端末からサインアウトし、新しいパスワードを設定できます。`,
      ],
      aside:
        'お心当たりがない場合は、ほかの人があなたのアカウントを使っています。今すぐ変更を取り消し、ほかの人があなたのメールを読めないか確認してください。',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}：メールアドレスが元に戻りました`,
      opening: [
        `${data.siteName} のアカウントのメールアドレスの変更が取り消されました。すべての端末からサインアウトし、これまでのパスワードは使えません。次のリンクを開いて、新しいパスワードを設定してください。`,
      ],
      action: { label: '新しいパスワードを設定する', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'お心当たりがない場合は、ほかの人があなたのメールを読めないか確認し、新しいパスワードを設定してください。',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}：すでにアカウントをお持ちです`,
      opening: [
        `このメールアドレスで ${data.siteName} に登録しようとする操作がありました。すでにアカウントをお持ちです。そのアカウントでサインインするか、パスワードを忘れた場合は再設定してください。`,
      ],
      action: { label: `${data.siteName} を開く`, url: data.frontendUrl },
      aside:
        'お心当たりがない場合は、何もしないでください。アカウントはそのままで、操作した人にアカウントの有無は知らされていません。',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}：安全のためサインアウトしました`,
      opening: [
        `${data.siteName} へのサインインが同時に 2 か所で使われました。誰かがコピーしたときに起こることです。安全のため終了しました。続けるには、もう一度サインインしてください。`,
      ],
      action: { label: 'もう一度サインインする', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'お心当たりがない場合は、パスワードを再設定し、端末に信頼できないプログラムやブラウザー拡張機能がないか確認してください。',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}：サインインの失敗が続いています`,
      opening: [
        `${data.siteName} のあなたのアカウントに、多くのパスワードが試されました。すべて誤りでした。アカウントが知らない端末からは、次に試すまでしばらく待つ必要があります。`,
        'ご自身も待たされている場合は、次のリンクを開いて新しいパスワードを設定すると、すぐにサインインできます。',
      ],
      action: { label: '新しいパスワードを設定する', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'お心当たりがない場合でも、長く、ほかで使っていないパスワードなら何もする必要はありません。このお知らせは多くても 1 日 1 回です。',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}：新しい端末からのサインイン`,
      opening: [
        `これまで使われたことのない端末から、${data.siteName} のあなたのアカウントにサインインがありました：${data.place}。日時は ${data.time} です。`,
      ],
      action: { label: `${data.siteName} を開く`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `お心当たりがない場合は、誰かがあなたのパスワードを知っています。今すぐ ${data.siteName} で再設定し（すべての端末からサインアウトします）、ほかの人があなたのメールを読めないか確認してください。`,
    }),
  },
}
