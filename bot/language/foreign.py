"""Words that are not Vietnamese and must not be read as if they were."""

from __future__ import annotations

from bot.language.characters import words

# Never decoded as raw Telex and never taken apart, whatever stands around them. Many read as syllables by
# accident: «visa» would be «vía», «online» «on li ne».
FOREIGN = frozenset(
    words(
        "down own town gown brown photos online email gmail mail logo photo photocopy camera video login logout game "
        "zalo viber banking mobile internet tivi radio canada china visa media data demo info photoshop canva tiktok "
        "telegram ebanking ipay vnpay momo iphone ipad laptop wifi android samsung oppo vivo nokia viettel vinaphone "
        "mobifone vnpt vneid vssid facebook google chrome safari youtube messenger agribank vietcombank bidv "
        "sacombank vietinbank techcombank hotline combo marketing shopee lazada tiki grab taxi karaoke vitamin covid "
        "menu casino bitcoin token pin chip scan link web website app apple store play ios file word excel pdf sim "
        "card code update live chat inbox comment like share admin page fanpage group check ok oke okay bye hello hi "
        "sorry please thanks thank test sms fax gas tax etax pass password passcode user username account reset error "
        "server offline smart smartphone cccd cmnd gplx bhxh bhyt ubnd hdnd otp qr atm id pc usb nfc dvc dvcqg tthc "
        "tp hcm hn sdt stk csgt vks tand fb yt ig vn vnd usd ak nv kh dk xn hs gks gcn csdl sq cd mst ct dn tk mk dt "
        "ko k hk kc pos box win windows nasa sendo shopeefood be gojek highland vcb mb acb vib tpbank hdbank ocb shb "
        "seabank paypal master mastercard tesla vinfast honda yamaha toyota mazda kia xerox canon format max mini "
        "plus pro cover mix"
    )
)
# English and slips that one may meet in a Vietnamese message; read as Telex only where the message is Telex.
AMBIGUOUS = frozenset(
    words(
        "low how tow row cow bow sow mow vow wow as is us or of if so his has was its this cos mar war far car bar "
        "for per her hers our are ear air were yes gas bus boss loss less miss kiss mess pass class glass dress "
        "address news new now law saw raw few show view see seen been need feed meet week keep deep free tree three "
        "too soon moon room book look good food cook foot school door floor poor add odd six sex mix fix tax wax fox "
        "box next text mars sir star mother other over order under after water later letter user super tour hour your "
        "their does goes shoes cars mans dos these those there where here vs ms mr mrs dr sr jr xa sa ra fa lo no me "
        "do to in on an am him ex axe ajax max relax nas los las des les est dir cir ur err saas iaas aa ee oo eee "
        "hee haa huu"
    )
)
# License classes, paper sizes, networks: letters with a figure that VNI would read as an accented letter.
LABELS = frozenset(words("a1 a2 a3 a4 a5 b1 b2 c1 d1 d2 e1 e2 o1 u1 u2 u18 u22 u23 i3 i5 i7 i9 e5 e1 y1"))
