/** The mails in Indonesian. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) =>
  `Tautan ini hanya dapat digunakan satu kali dan berlaku selama ${lifetime}.`
const signInWith = ({ email }: LetterData) =>
  email ? `Alamat email yang Anda gunakan untuk masuk adalah ${email}.` : ''

/** Indonesian. */
export const id: Language = {
  code: 'id',
  greeting: (firstName) => (firstName ? `Halo ${firstName},` : 'Halo,'),
  buttonHint: 'Jika tombol tidak berfungsi, salin alamat ini ke peramban Anda:',
  footer: (siteName) => `Email ini dikirim secara otomatis oleh ${siteName}. Mohon tidak membalas email ini.`,
  letters: {
    activation: (data) => ({
      subject: `Aktivasi akun di ${data.siteName}`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah mendaftar di ${data.siteName} dengan alamat email ini. Tinggal satu langkah lagi: buka tautan berikut untuk mengaktifkan akun tersebut.`,
      ],
      action: { label: 'Aktifkan akun saya', url: data.link },
      notes: [`${worksOnce(data)} Setelah itu, Anda dapat meminta tautan baru.`],
      aside:
        'Bukan Anda? Abaikan saja email ini. Tanpa tautan ini, akun tersebut tetap tidak aktif dan tidak seorang pun dapat masuk.',
    }),
    invitation: (data) => ({
      subject: `Undangan ke ${data.siteName}`,
      opening: [
        `Pengelola ${data.siteName} telah membuatkan akun untuk Anda. Buka tautan berikut untuk membuat kata sandi; setelah itu akun siap digunakan.`,
      ],
      action: { label: 'Terima undangan', url: data.link },
      notes: [`${worksOnce(data)} Setelah itu, mintalah undangan baru kepada mereka.`, signInWith(data)],
      aside:
        'Anda tidak tahu penyebabnya? Abaikan saja email ini. Tanpa tautan ini, tidak seorang pun dapat masuk ke akun tersebut.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: akun telah dibuat dan diaktifkan`,
      opening: [`Akun Anda di ${data.siteName} telah dibuat dan diaktifkan, dan kini siap digunakan.`],
      notes: [signInWith(data)],
      aside:
        'Bukan Anda? Atur ulang kata sandi akun ini, lalu pastikan tidak ada orang lain yang dapat membaca email Anda.',
    }),
    password_reset: (data) => ({
      subject: `Atur ulang kata sandi di ${data.siteName}`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah meminta pengaturan ulang kata sandi akun Anda di ${data.siteName}. Buka tautan berikut untuk membuat kata sandi baru.`,
      ],
      action: { label: 'Buat kata sandi baru', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Bukan Anda? Abaikan saja email ini. Kata sandi Anda tidak berubah.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: kata sandi telah diubah`,
      opening: [`Kata sandi akun Anda di ${data.siteName} telah diubah.`],
      notes: [signInWith(data)],
      aside: `Bukan Anda? Berarti orang lain telah masuk ke akun Anda. Segera buka ${data.siteName} dan atur ulang kata sandi Anda, lalu pastikan tidak ada orang lain yang dapat membaca email Anda.`,
    }),
    email_reset: (data) => ({
      subject: `Perubahan alamat email di ${data.siteName}`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah meminta perubahan alamat email akun Anda di ${data.siteName}. Buka tautan berikut untuk memasukkan alamat yang baru.`,
      ],
      action: { label: 'Masukkan alamat email baru', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Bukan Anda? Abaikan saja email ini. Alamat email Anda tidak berubah.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: alamat email telah diubah`,
      opening: [
        `Alamat email akun Anda di ${data.siteName} telah diubah. Mulai sekarang, masuklah dengan ${data.email || 'alamat yang baru'}.`,
      ],
      aside: `Bukan Anda? Berarti seseorang telah menggunakan alamat Anda untuk akunnya sendiri. Beri tahu pengelola ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: alamat ini tidak lagi digunakan untuk masuk`,
      opening: [
        `Alamat email akun Anda di ${data.siteName} telah diubah. Alamat ini tidak dapat lagi digunakan untuk masuk, dan email kami selanjutnya dikirim ke alamat yang baru.`,
      ],
      action: { label: 'Batalkan perubahan', url: data.link },
      notes: [
        `${worksOnce(data)} Tautan ini mengembalikan alamat ini, mengeluarkan semua orang, dan memungkinkan Anda membuat kata sandi baru.`,
      ],
      aside:
        'Bukan Anda? Berarti orang lain telah menguasai akun Anda: batalkan perubahan sekarang juga, lalu pastikan tidak ada orang lain yang dapat membaca email Anda.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: Anda sudah memiliki akun`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah mencoba mendaftar di ${data.siteName} dengan alamat email ini. Anda sudah memiliki akun: silakan masuk, atau atur ulang kata sandi jika Anda lupa.`,
      ],
      action: { label: `Buka ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Bukan Anda? Abaikan saja email ini. Akun Anda tidak berubah, dan orang yang mencoba mendaftar tidak diberi tahu bahwa akun Anda ada.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: Anda telah dikeluarkan demi keamanan`,
      opening: [
        `Salah satu sesi masuk Anda di ${data.siteName} digunakan di dua tempat sekaligus, seperti yang terjadi bila seseorang menyalinnya. Demi keamanan, sesi tersebut telah kami akhiri. Silakan masuk kembali untuk melanjutkan.`,
      ],
      action: { label: 'Masuk kembali', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Anda tidak tahu penyebabnya? Atur ulang kata sandi Anda, lalu periksa apakah ada program atau ekstensi peramban yang tidak Anda percayai di perangkat Anda.',
    }),
    email_change: (data) => ({
      subject: `Konfirmasi alamat email baru Anda di ${data.siteName}`,
      opening: [
        `Seseorang, semoga Anda sendiri, ingin masuk ke ${data.siteName} dengan alamat email ini mulai sekarang. Buka tautan berikut untuk mengonfirmasinya.`,
      ],
      action: { label: 'Konfirmasi alamat ini', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Bukan Anda? Abaikan saja email ini. Tanpa tautan ini tidak ada yang berubah.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: alamat ini sudah memiliki akun`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah mencoba menggunakan alamat email ini untuk akun lain di ${data.siteName}. Alamat ini sudah menjadi milik akun Anda, sehingga tidak ada yang diubah. Untuk menggunakannya pada akun lain, ubah dahulu alamat akun ini, atau hapus akun ini.`,
      ],
      action: { label: `Buka ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Bukan Anda? Abaikan saja email ini. Akun Anda tidak berubah, dan orang yang mencoba tidak diberi tahu bahwa akun Anda ada.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: alamat email Anda telah dikembalikan`,
      opening: [
        `Perubahan alamat email akun Anda di ${data.siteName} telah dibatalkan. Semua orang telah dikeluarkan, dan kata sandi yang lama tidak berlaku lagi. Buka tautan berikut untuk membuat kata sandi baru.`,
      ],
      action: { label: 'Buat kata sandi baru', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Bukan Anda? Pastikan tidak ada orang lain yang dapat membaca email Anda, lalu buat kata sandi baru.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: banyak percobaan masuk yang gagal`,
      opening: [
        `Seseorang telah mencoba banyak kata sandi untuk akun Anda di ${data.siteName}. Semuanya salah. Dari perangkat yang tidak dikenal oleh akun ini, setiap percobaan berikutnya harus menunggu beberapa saat.`,
        'Anda sendiri yang harus menunggu? Buka tautan berikut untuk membuat kata sandi baru, dan Anda dapat langsung masuk.',
      ],
      action: { label: 'Buat kata sandi baru', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Bukan Anda? Abaikan saja email ini, asalkan kata sandi Anda panjang dan tidak digunakan di tempat lain. Kami menulis tentang hal ini paling banyak sekali sehari.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: masuk dari perangkat baru`,
      opening: [
        `Seseorang, semoga Anda sendiri, telah masuk ke akun Anda di ${data.siteName} dari perangkat yang belum pernah digunakan untuk akun ini: ${data.place}. Hal itu terjadi pada ${data.time}.`,
      ],
      action: { label: `Buka ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Bukan Anda? Berarti seseorang mengetahui kata sandi Anda. Segera buka ${data.siteName} dan atur ulang kata sandi Anda, yang akan mengeluarkan semua orang, lalu pastikan tidak ada orang lain yang dapat membaca email Anda.`,
    }),
  },
}
