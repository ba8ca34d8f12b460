// SPDX-License-Identifier: GPL-3.0-or-later
// What people at work say for the same thing, in the form of the operator's own list. Endings, case, and
// traditional or simplified characters need no member of their own.
#include "search/synonyms.hpp"

namespace spoc::search {

std::string_view own_synonyms() {
  return R"([en]
disconnect, drop, cut out, lose connection, connection lost, lost connection, thrown out, throw out, kicked out
log in, sign in, log on, login, logon, sign-in
log out, sign out, log off, logout, sign-out
password, passphrase, passcode
forgot, forgotten, forget
lock, locked out
laptop, notebook
computer, pc
monitor, screen, display
printer, print
offline, not connected
mail, email, e-mail
mailbox, inbox
attachment, attached file
phone, mobile, smartphone, cell phone
wifi, wireless, wlan
folder, directory
shared drive, network drive, file share, shared folder
delete, remove
install, set up, setup
update, upgrade
restart, reboot
slow, sluggish
freeze, frozen, hang, not responding
order, buy, purchase
licence, license
software, app
permission, access right, access denied
headset, headphones, earphones
microphone, mic
camera, webcam
video meeting, video call, video conference, online meeting
authenticator, two-factor, 2fa, mfa, multi-factor, two-step verification
phishing, scam, suspicious mail, suspicious email, fraudulent mail
full, quota exceeded, out of space
meeting room, conference room
home office, working from home, remote work
flicker, flash
stolen, theft

[nb]
koble fra, koble ned, frakobling, falle ut, falle ned, miste forbindelsen, miste kontakten, koble seg fra, brudd, brutt
logge på, logge inn, pålogging, innlogging, logge seg på
logge ut, logge av, utlogging, avlogging, logge seg ut
e-post, epost, mail
skriver, printer
skrive ut, printe, utskrift, skrevet ut
frakoblet, offline, ikke tilkoblet
konto, brukerkonto
låst, sperret
telefon, mobil, mobiltelefon, smarttelefon
trådløst nett, trådløst nettverk, trådløs, wifi, wlan
pc, datamaskin
bærbar, laptop, bærbar pc
skjerm, monitor
program, programvare, app, applikasjon
hodesett, headset, hodetelefoner, øretelefoner
fellesområde, delt mappe, nettverksstasjon, felles disk, delt disk
tilgang, rettighet
start på nytt, omstart, restart, starte på nytt
treg, langsom
henger, fryser, svarer ikke
vedlegg, filvedlegg
postkasse, innboks
autentiseringsapp, autentikator, totrinnsbekreftelse, tofaktor, mfa, 2fa
videomøte, nettmøte, videokonferanse, videosamtale
bestille, kjøpe
installere, sette opp
slette, fjerne
oppdatere, oppgradere
mistet, tapt
svindel, phishing, nettfiske
nettleser, browser
hjemmekontor, jobbe hjemme, jobbe hjemmefra
glemt, glemme

[zh]
每小时, 每个小时, 每隔一小时, 每隔一个小时
断线, 掉线, 断开, 断连, 断网, 中断, 失去连接
登录, 登入, 登陆
注销, 登出, 退出登录
密码, 口令
账号, 帐号, 账户, 帐户
锁定, 锁住, 被锁
网络, 网路
连接, 连线
无线网络, 无线网路, 无线网, wifi
打印机, 印表机, 列印机
打印, 列印
脱机, 离线
邮箱, 信箱
邮件, 电邮
附件, 附档
文件, 档案
文件夹, 资料夹
共享盘, 共享文件夹, 网络驱动器, 共享磁盘, 网络硬盘
软件, 软体, 程序, 程式
电脑, 计算机
笔记本电脑, 笔电, 笔记本, 手提电脑
屏幕, 萤幕, 显示器
鼠标, 滑鼠
手机, 移动电话, 行动电话
视频会议, 视讯会议, 线上会议, 在线会议, 网络会议
视频, 视讯
麦克风, 话筒
耳机, 耳麦
权限, 存取权
重启, 重新启动, 重新开机, 重开机
删除, 移除
更新, 升级
身份验证器, 验证器, 双重验证, 多重验证, 两步验证
证书, 凭证
死机, 当机, 卡死
满了, 已满, 容量不足, 空间不足
设置, 设定
服务器, 伺服器
钓鱼邮件, 诈骗邮件, 可疑邮件
日历, 行事历
安全, 资安
)";
}

}  // namespace spoc::search
