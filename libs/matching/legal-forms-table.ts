/**
 * Legal forms by country and family, as registers and letterheads write them. From company laws and registers' own lists;
 * the forms of smaller countries were checked against opensanctions/rigour (`resources/names/org_types.yml`, MIT).
 *
 * A line: countries (the first is the usual one) : family : forms. Dots, blanks, case and accents don't matter. Before a form
 * - `^` it is written before the name as often as after it,
 * - `~` it is a word or initials elsewhere ("Day Spa", "SAS Institute"): a form only in its countries, or with its dots,
 * - `=` it stays part of the name and is only noted ("Bosch" isn't "Bosch Stiftung").
 */
export const legalFormTable = `
GB IE IN AU NZ ZA HK CA KE NG GH MT CY JM: limited: Ltd | Limited | Ltd Co | Private Limited Company | Private Limited | Company Limited | Co Ltd | Ltd Company
GB IE IN PK BD LK NG KE TH: stock: PLC | Public Limited Company | Public Limited | Public Ltd Co
GB: association: ~CIC | Community Interest Company | ~CIO | Charitable Incorporated Organisation | =Society
GB: partnership: LLP | Limited Liability Partnership | LP | Limited Partnership | ~SLP
GB: limited: Unlimited Company | Company Limited by Guarantee | ~Cyf | Cyfyngedig | ~CCC
IE: limited: Designated Activity Company | ~DAC | Teoranta | ~Teo | ~CLG | Cuideachta Phoibli Theoranta | ~CPT | ~UC
IN PK BD LK NP MM: limited: Pvt Ltd | Private Limited | Pvt Limited | P Ltd | Pvt | OPC Pvt Ltd | OPC Private Limited
AU: limited: Pty Ltd | Pty Limited | Proprietary Limited | Pty | ~P/L | Proprietary Ltd | No Liability
ZA NA BW SZ: limited: (Pty) Ltd | Proprietary Limited | ~CC | Close Corporation | (RF) Ltd
ZA: stock: SOC Ltd | RF Ltd
SG: limited: Pte Ltd | Pte | Private Limited | Pte Limited
MY BN: limited: Sdn Bhd | Sendirian Berhad | ~Sdn | ~PLT | Perkongsian Liabiliti Terhad
MY BN: stock: Bhd | Berhad
US CA PH PR LR: stock: Inc | Incorporated | Corp | Corporation | Co Inc | Inc Co | Corp Inc | Incorporation | ~PBC | Public Benefit Corporation
US AE PH EG JO QA OM SA BH KW GE UA KZ UZ MN: limited: LLC | Limited Liability Company | L L Company | ~LC | LLC Company | Co LLC | PLLC | W L L | With Limited Liability
US: partnership: LLLP | LLP | LP | Limited Partnership | General Partnership | ~GP
US: other: ~PC | ~PA | Professional Corporation | Professional Association | ~APC | ~P S C | ~Chartered | ~Chtd | ~SPC
US: stock: ~NA | National Association | NT&SA | ~FSB
US GB JP: other: Co | Company | and Company
US GB IE AU NZ CA IN ZA: trust: =Trust | ~REIT
US GB IE AU NZ CA IN ZA: foundation: =Foundation
US GB IE AU CA IN: association: =Association | ~Assn
CA: limited: ~ULC | Unlimited Liability Company | Ltee | Limitee
CA: stock: Incorporee | ~SENC | ~SENCRL
DE AT CH LI LU: limited: GmbH | Gesellschaft mit beschränkter Haftung | Gesellschaft mbH | GesmbH | gGmbH | gemeinnützige GmbH | mbH | ~UG | Unternehmergesellschaft | UG (haftungsbeschränkt) | Unternehmergesellschaft (haftungsbeschränkt) | haftungsbeschränkt | ~gUG | FlexKapG | FlexCo
DE AT CH LI: stock: AG | ~AkG | Aktiengesellschaft | KGaA | Kommanditgesellschaft auf Aktien | ~gAG | InvAG | AG & Co KGaA | SE & Co KGaA | GmbH & Co KGaA
DE AT CH LI: partnership: KG | Kommanditgesellschaft | OHG | ~OG | ~KEG | Offene Handelsgesellschaft | Offene Gesellschaft | GbR | eGbR | GesbR | Gesellschaft bürgerlichen Rechts | GmbH & Co KG | GmbH und Co KG | GmbH u Co KG | mbH & Co KG | Ges.m.b.H. & Co KG | AG & Co KG | AG und Co KG | SE & Co KG | UG & Co KG | UG (haftungsbeschränkt) & Co KG | Ltd & Co KG | Limited & Co KG | BV & Co KG | Stiftung & Co KG | & Co KG | und Co KG | u Co KG | & Co OHG | GmbH & Co OHG | PartG | PartG mbB | ~mbB | Partnerschaftsgesellschaft | Partnerschaft mbB | Kollektivgesellschaft
DE AT CH: sole: ~e.K. | ~e.Kfm. | ~e.Kfr. | eingetragener Kaufmann | eingetragene Kauffrau | ~e.U. | eingetragenes Einzelunternehmen | Einzelfirma
DE AT CH: association: ~e.V. | eingetragener Verein | =Verein | VVaG | Versicherungsverein auf Gegenseitigkeit
DE AT CH: cooperative: ~eG | eingetragene Genossenschaft | eGen | =Genossenschaft
DE AT CH LI: foundation: =Stiftung | =gemeinnützige Stiftung
DE AT: state: ~AöR | ~KdöR | Anstalt des öffentlichen Rechts | Körperschaft des öffentlichen Rechts | =Eigenbetrieb
CH LI: limited: Sagl | Sàrl
CH: stock: SA
FR BE LU CH MA TN SN CI CM GA ML DZ MC: limited: ^SARL | SARLU | ^EURL | Société à responsabilité limitée | ^SELARL | SARL d'architecture | SUARL | Entreprise unipersonnelle à responsabilité limitée | SARL AU
FR BE LU CH MA TN SN CI CM GA ML DZ MC: stock: SA | Société anonyme | ^~SAS | ^SASU | Société par actions simplifiée | Société par actions simplifiée unipersonnelle | ^SELAS | ^SELASU | SADIR | Société anonyme à conseil d'administration | ~S C A | Société en commandite par actions | ~S p a s | Société par actions
FR BE LU MA TN: partnership: ^~SCI | ^~SNC | ~SCS | ^~SCP | ^SCEA | ^~GAEC | ^~EARL | ^~SCM | Société en nom collectif | Société civile immobilière | Société en commandite simple | SCPI | ~GIE | Groupement d'intérêt économique
FR BE: cooperative: ^~SCOP | ^SCIC | ~SICA | Société coopérative | ~SCRL | SCRLFS | ~SC
FR: sole: ~EIRL | Entreprise individuelle | ~EI | auto-entrepreneur | micro-entreprise
FR BE LU CH MA: association: ASBL | AISBL | Association sans but lucratif | ~Assoc
FR BE LU CH: foundation: =Fondation
FR: state: ~EPIC | ~EPA | ~SEM | ~SPL
BE: limited: BV | BVBA | EBVBA | SPRL | SPRLU | SRL | Besloten vennootschap met beperkte aansprakelijkheid | Société privée à responsabilité limitée
BE NL: stock: NV | Naamloze vennootschap | SA
BE NL: partnership: ~V.O.F. | ~CV | Comm.V. | ~GCV | ~CVA | CommVA | Vennootschap onder firma | Commanditaire vennootschap | Maatschap | BV & Co
BE NL: cooperative: CVBA | ~CV | CVOA | ~U.A. | Coöperatie U.A. | Coöperatie | Coöperatieve vennootschap
BE NL: association: ~VZW | IVZW | Vereniging zonder winstoogmerk
NL BE SR: foundation: =Stichting
NL AW CW SX: limited: BV | Besloten vennootschap
NL SR AW CW SX BE: stock: NV | Naamloze vennootschap
NL: sole: Eenmanszaak | ~V.B.A.
LU: limited: S à r l | S à r l S
LU: partnership: SCSp | Société en commandite spéciale
LU: stock: SA | SICAV | SICAF | ~SIF | Soparfi | SECS | SCA SICAV
IT SM CH: limited: S.r.l. | Srls | S.r.l. semplificata | S.r.l.u. | Srl unipersonale | Società a responsabilità limitata | Società a responsabilità limitata semplificata
IT: stock: ~S.p.A. | Società per azioni | ~S.a.p.a.
IT: partnership: ~S.a.s. | ~S.n.c. | ~S.s. | Società in accomandita semplice | Società in nome collettivo | Società semplice | Studio associato
IT: cooperative: ~S.c. | Scarl | S.c.r.l. | Soc. Coop. | Società cooperativa | Soc Coop a r l | Scpa | Coop Sociale | Società cooperativa sociale | Società consortile
IT: sole: Ditta individuale
IT: association: ~Onlus | APS | ~ODV | ~ASD | ~SSD | ~ETS
IT: foundation: =Fondazione
ES: limited: ~S.L. | ~S.L.U. | ~S.L.L. | S.L.N.E. | ~SLP | Sociedad limitada | Sociedad de responsabilidad limitada | Sociedad limitada unipersonal | Sdad. Ltda. | Sociedad limitada profesional
ES MX AR PE CO CL UY VE EC PA CR GT DO BO PY HN NI SV PT BR RO GR AO MZ: stock: SA | ~S.A.U. | Sociedad anónima | Sociedad anónima unipersonal | Sociedade anónima | ~SAD | ~S.A.L. | ~S.A.A.
ES: partnership: ~C.B. | Comunidad de bienes | ~S.C. | Sociedad civil | ~S.C.P. | S. Com. | ~AIE | ~UTE | Unión Temporal de Empresas
ES: cooperative: S. Coop. | Sdad. Coop. | Sociedad cooperativa | S.C.C.L. | ~S.C.L. | S. Coop. And. | ~S.A.T.
ES MX AR CO PE CL: foundation: =Fundación
ES MX AR CO PE CL: association: =Asociación
PT AO MZ CV: limited: ~Lda | Limitada | Unipessoal Lda | Sociedade Unipessoal Lda | Sociedade por quotas | Soc. Unipessoal | Unipessoal
PT AO MZ: stock: SA | SGPS | SGPS SA | S.A. Sociedade aberta | Sociedade aberta
PT: cooperative: ~C.R.L.
PT: sole: ~ENI
BR: limited: Ltda | Limitada | Ltda ME | Ltda EPP | EIRELI | EIRELI ME | EIRELI EPP | Sociedade limitada | ~SLU | Sociedade Limitada Unipessoal
BR: stock: S/A | Sociedade anônima | ^~Cia | ^Companhia
BR: sole: ~ME | ~MEI | ~EPP | ~EI
BR: other: ~S/S | Sociedade simples | S.S. Ltda
MX: stock: SA de CV | S.A.B. de C.V. | ~SAB | S.A.P.I. de C.V. | SAPI | Sociedad anónima de capital variable | Sociedad anónima bursátil de capital variable | Sociedad anónima promotora de inversión de capital variable | S.A.P.I.B. de C.V. | SA CV | SAS de CV | Sociedad por acciones simplificada de capital variable | SOFOM | SOFOM ENR | SOFOM ER | SA de CV SOFOM ENR | SA de CV SOFOM ER
MX: limited: S. de R.L. | S. de R.L. de C.V. | SRL de CV | S. de R.L. MI | Sociedad de responsabilidad limitada de capital variable | S. en R.L.
MX: partnership: ~S.C. | Sociedad civil | S. en C. | S. en N.C. | S. en C. por A. | ~A.C. | Asociación civil | S.C. de R.L. de C.V. | S.P.R. de R.L.
AR: stock: ~S.A.C.I. | S.A.C.I.F. | S.A.C.I.F.I. | S.A.C.I.F.I.A. | S.A.I.C. | S.A.I.C.F. | ~S.A.C. | ~S.A.U. | S.A.C.I.y.F. | ~S.E. | S.A.P.E.M.
AR CO PE UY BO VE PY DO CR CL EC PA: limited: S.R.L. | ~S.A.S. | Sociedad de responsabilidad limitada | Sociedad por acciones simplificada | EIRL | Empresa Individual de Responsabilidad Limitada | S.R. Ltda | Soc. de Resp. Ltda.
CO CL EC CR BO PE GT VE: limited: Ltda | Limitada | ~S. en C. | Cía. Ltda. | Compañía limitada | y Cía. Ltda. | ~& Cía. | y Cía. | y Compañía
CL: stock: ~SpA | Sociedad por acciones | S.A. cerrada
PE: stock: ~S.A.C. | ~S.A.A. | Sociedad anónima cerrada | Sociedad anónima abierta
VE: stock: ~C.A. | Compañía anónima | S.A.C.A. | S.A.I.C.A.
EC: stock: ~C.A. | ~C.L. | ~E.P. | S.A.S. B.I.C.
CO: stock: S.A. E.S.P. | ~ESP | S.A.S. E.S.P. | ~E.U. | ~S.C.A. | Empresa Industrial y Comercial del Estado | ~E.S.E. | ~BIC | S.A.S. BIC
DO: stock: C. por A. | Compañía por acciones
CR GT HN SV NI: limited: S. de R.L. | S.R.L. | Ltda. | Cía. Ltda. | S.A. de C.V.
CU: state: ~E.E.S.
SE FI: stock: ^AB | Aktiebolag | ^~Aktiebolaget | AB (publ) | ~Abp | publikt aktiebolag
SE: partnership: ~HB | Handelsbolag | ~KB | Kommanditbolag | KB AB
SE: cooperative: Ek. för. | Ekonomisk förening
SE: association: Ideell förening
SE NO DK: foundation: =Stiftelse | =Stiftelsen | =Fond
NO: stock: ~AS | ASA | Aksjeselskap | Allmennaksjeselskap
NO: partnership: ~ANS | ~DA | ~K/S | Ansvarlig selskap | Delt ansvar | Kommandittselskap
NO: sole: ~ENK | Enkeltpersonforetak | ~NUF
NO: cooperative: S.A. | Samvirkeforetak | ~BA | ~BBL
NO: state: ~KF | ~IKS | ~HF | ~SF | ~FKF
DK FO GL: stock: ~A/S | Aktieselskab | Aktieselskabet | ~P/S | Partnerselskab
DK FO GL: limited: ApS | Anpartsselskab | ~IVS | Iværksætterselskab | ~Sp/f | Smba
DK: partnership: ~I/S | ~K/S | Interessentskab | Kommanditselskab
DK: cooperative: a.m.b.a. | F.M.B.A. | Andelsselskab | Forening med begrænset ansvar
FI AX: stock: ^Oy | Oyj | Oy Ab | Ab Oy | Osakeyhtiö | Julkinen osakeyhtiö | Oyj Abp | Asunto Oy
FI: partnership: ~Ky | ~Ay | Avoin yhtiö | Kommandiittiyhtiö
FI: sole: ~Tmi | Toiminimi
FI: cooperative: ~Osk | Osuuskunta
FI: association: ~ry | rekisteröity yhdistys | ~rf
FI: foundation: ~sr | =Säätiö
IS: limited: ehf | ~hf | Einkahlutafélag | Hlutafélag | ~ohf | ~slf | ~sf | ~ses
EE: limited: ^~OÜ | Osaühing
EE: stock: ^~AS | Aktsiaselts
EE: partnership: ~TÜ | ~UÜ | Usaldusühing | Täisühing
EE: association: ^~MTÜ | ~FIE | SA | Sihtasutus
LV: limited: ^~SIA | Sabiedrība ar ierobežotu atbildību | ~IK
LV: stock: ^~AS | Akciju sabiedrība | ~PAS
LV: partnership: ~KS | ~PS | ~KB
LT: limited: ^UAB | Uždaroji akcinė bendrovė | ^~MB | Mažoji bendrija | ^~IĮ
LT: stock: ^AB | Akcinė bendrovė
LT: state: ^~VĮ | ^~VŠĮ | ~TŪB | ~KŪB | Viešoji įstaiga
PL: limited: Sp. z o.o. | Spółka z o.o. | Spółka z ograniczoną odpowiedzialnością | ~z o.o. | S. z o.o. | Sp. z o.o. w likwidacji
PL: stock: SA | Spółka akcyjna | ~P.S.A. | Prosta spółka akcyjna
PL: partnership: ~Sp. j. | ~Sp. k. | ~S.K. | ~S.K.A. | ~Sp. p. | ~s.c. | Spółka jawna | Spółka komandytowa | Spółka komandytowo-akcyjna | Spółka partnerska | Spółka cywilna | Sp. z o.o. Sp. k. | Sp. z o.o. Sp. komandytowa | Spółka z ograniczoną odpowiedzialnością Spółka komandytowa | Spółka z o.o. Sp. k. | Sp. z o.o. S.K.A. | Sp. z o.o. S.K. | & Wspólnicy | i Wspólnicy
PL: foundation: =Fundacja
PL: association: =Stowarzyszenie
PL: cooperative: =Spółdzielnia | ~Sp-nia
PL: state: ~P.P. | Przedsiębiorstwo państwowe
CZ SK: limited: s.r.o. | spol. s r.o. | společnost s ručením omezeným | spoločnosť s ručením obmedzeným
CZ SK: stock: ~a.s. | akc. spol. | akciová společnost | akciová spoločnosť
CZ SK: partnership: ~v.o.s. | ~k.s. | veřejná obchodní společnost | komanditní společnost | komanditná spoločnosť
CZ SK: association: ~z.s. | ~o.p.s. | ~n.o. | ~o.z. | ~z.ú.
CZ SK: state: ~s.p. | státní podnik | štátny podnik | ~p.o.
CZ SK: cooperative: =družstvo
HU: limited: Kft | Korlátolt felelősségű társaság | Nonprofit Kft
HU: stock: ~Zrt | Nyrt | ~Rt | Részvénytársaság | Zártkörűen működő részvénytársaság | Nyilvánosan működő részvénytársaság
HU: partnership: ~Bt | ~Kkt | Betéti társaság | Közkereseti társaság
HU: sole: ~E.V. | egyéni vállalkozó | ~E.C.
HU: foundation: =Alapítvány
HU: cooperative: ~Szövetkezet
SI HR RS BA ME MK XK: limited: d.o.o. | j.d.o.o. | družba z omejeno odgovornostjo | društvo s ograničenom odgovornošću | društvo sa ograničenom odgovornošću | ДООЕЛ | друштво со ограничена одговорност | друштво са ограниченом одговорношћу
SI HR RS BA ME MK: stock: ~d.d. | ~a.d. | dioničko društvo | delniška družba | akcionarsko društvo | акционерско друштво | акционарско друштво
SI HR RS BA ME: partnership: ~d.n.o. | ~k.d. | ~j.t.d. | ~o.d. | ortačko društvo | komanditno društvo
SI HR RS BA: sole: ~s.p. | ~obrt | ~pr | preduzetnik | samostojni podjetnik
RS BA ME: state: ~JP | Javno preduzeće
RO MD: limited: ^SRL | ^~S.C. | S.C. SRL | SRL-D | Societate cu răspundere limitată | Societatea cu răspundere limitată
RO MD: stock: ^SA | Societate pe acțiuni | ~ÎS | ~Î.M.
RO MD: partnership: ~S.N.C. | ~S.C.S. | ~SCA
RO: sole: ~P.F.A. | ~Î.I. | Persoană fizică autorizată | Întreprindere individuală
BG: limited: ООД | ЕООД | дружество с ограничена отговорност | еднолично дружество с ограничена отговорност
BG: stock: ~АД | ~ЕАД | акционерно дружество | АДСИЦ | АД-София | еднолично акционерно дружество
BG: partnership: ~СД | ~КД | ~КДА | ДЗЗД | събирателно дружество
BG: sole: ^~ЕТ | едноличен търговец
AL XK: limited: Sh.p.k. | Shoqëri me përgjegjësi të kufizuar
AL XK: stock: ~Sh.A. | Shoqëri aksionere
GR CY: stock: ~Α.Ε. | Ανώνυμη Εταιρεία | ~Α.Β.Ε.Ε. | ABEE | ~AEBE | ΑΕΒΕ | ~A.E.E. | ~Α.Τ.Ε. | Ανώνυμος Εταιρία | Anonimi Etaireia | ~A.X.E.
GR: limited: ~ΕΠΕ | ~Ι.Κ.Ε. | Μονοπρόσωπη ΕΠΕ | Μονοπρόσωπη ΙΚΕ | Μονοπρόσωπη | Εταιρεία Περιορισμένης Ευθύνης | Ιδιωτική Κεφαλαιουχική Εταιρεία | Μ.Ε.Π.Ε. | ~P.C. | ~Μ.Ι.Κ.Ε.
GR: partnership: ~Ο.Ε. | ~Ε.Ε. | Ομόρρυθμη Εταιρεία | Ετερόρρυθμη Εταιρεία | & ΣΙΑ Ο.Ε. | & ΣΙΑ Ε.Ε. | ~& ΣΙΑ
CY: limited: ΛΤΔ | Λίμιτεδ
TR: limited: Ltd. Şti. | Limited Şirketi | Ltd Sirketi | Limited Şti | Tic. Ltd. Şti. | San. ve Tic. Ltd. Şti. | Sanayi ve Ticaret Limited Şirketi | San. Tic. Ltd. Şti. | Ticaret Limited Şirketi | ~Şti
TR: stock: ~A.Ş. | Anonim Şirketi | Anonim Şirket | Anonim Ortaklığı | ~A.O. | ~T.A.Ş. | ~T.A.O. | San. ve Tic. A.Ş. | Sanayi ve Ticaret A.Ş. | Sanayi ve Ticaret Anonim Şirketi | Tic. A.Ş. | Ticaret A.Ş. | Ticaret Anonim Şirketi | San. A.Ş.
TR: partnership: Koll. Şti. | Kolektif Şirketi | Kom. Şti. | Komandit Şirketi
TR: cooperative: =Kooperatifi
RU BY KZ KG UZ: limited: ^ООО | ^~ОДО | Общество с ограниченной ответственностью | Общество с дополнительной ответственностью | Obshchestvo s ogranichennoi otvetstvennostyu | Obschestvo s ogranichennoj otvetstvennostju | ^~ТДО
RU BY KZ KG UZ: stock: ^~АО | ^ОАО | ^ЗАО | ^ПАО | ^~НАО | Акционерное общество | Открытое акционерное общество | Закрытое акционерное общество | Публичное акционерное общество | Непубличное акционерное общество | ^~АКБ | ^~КБ | ^~СПАО | ^JSC | ^OJSC | ^PJSC | ^CJSC | ^~OSC | Joint Stock Company | Open Joint Stock Company | Public Joint Stock Company | Closed Joint Stock Company | Private Joint Stock Company | JSC Company | JS Co | Joint Stock Co | Joint Stock Compan | Joynt Stock Company
RU BY KZ KG: sole: ^~ИП | Индивидуальный предприниматель | ^~ЧП | ^~КФХ
RU BY KZ: state: ^ФГУП | ^~ГУП | ^~МУП | ^~ГП | ^ФГБУ | ^ФГБОУ ВО | ^ФГБОУ | ^~РУП | ^~УП | ^ЧУП | ^ОДУП | ^~ГБУ | ^~МБУ | Государственное унитарное предприятие | Федеральное государственное унитарное предприятие | Республиканское унитарное предприятие | ~FSUE
RU: cooperative: ^~СПК | ^~ПК | ^~СХПК | ^~ТСЖ
RU KZ: association: ^~АНО | ^~НП | ^~НКО | ^~ОО | Автономная некоммерческая организация | Некоммерческое партнерство
BY: limited: ^~ТАА | Таварыства з абмежаванай адказнасцю
BY: stock: ^~ААТ | ^~ЗАТ | адкрытае акцыянернае таварыства | закрытае акцыянернае таварыства
KZ: limited: ^~ТОО | ^ЖШС | Товарищество с ограниченной ответственностью | Жауапкершілігі шектеулі серіктестігі | LLP
KZ: stock: ^~АҚ | Акционерлік қоғамы
UA: limited: ^ТОВ | ^ТзОВ | ^~ТДВ | Товариство з обмеженою відповідальністю | Товариство з додатковою відповідальністю
UA: stock: ^~ПАТ | ^~ПрАТ | ^~ВАТ | ^~ЗАТ | ^~АТ | ^PrJSC | Публічне акціонерне товариство | Приватне акціонерне товариство | Акціонерне товариство
UA: sole: ^~ФОП | ^~ПП | Приватне підприємство | Фізична особа-підприємець
UA: state: ^~ДП | ^~КП | Державне підприємство | Комунальне підприємство
GE: limited: ^შპს | შეზღუდული პასუხისმგებლობის საზოგადოება
GE: stock: ^~სს | სააქციო საზოგადოება
AM: limited: ~ՍՊԸ | ~SPE | Սահմանափակ պատասխանատվությամբ ընկերություն
AM: stock: ~ԲԲԸ | ~ՓԲԸ
AZ: limited: ~MMC | Məhdud Məsuliyyətli Cəmiyyəti
AZ: stock: ~ASC | ~QSC | Açıq Səhmdar Cəmiyyəti
UZ: limited: MChJ | mas'uliyati cheklangan jamiyati
UZ: stock: ~AJ | Aksiyadorlik jamiyati
MN: limited: ^ХХК | ~XXK
MN: stock: ^~ХК
IL: limited: בע"מ | בערבון מוגבל | ~BM | Ltd
IL: association: ע"ר
IL: partnership: ושות' | שותפות מוגבלת
SA EG AE QA KW BH OM JO LB IQ SY LY YE SD: limited: ذ.م.م | ش.ذ.م.م | ش.م.م | م.م.ح | المحدودة | محدودة | شركة ذات مسؤولية محدودة | ذات مسؤولية محدودة | ذات المسؤولية المحدودة | ش.ش.و | W.L.L. | ~S.P.C. | SARL
SA EG AE QA KW BH OM JO LB IQ SY LY MA TN DZ: stock: ش.م.ع | ش.م.ك | ش.م.ب | ش.م.ق | ش.م.ل | ش.م.س | ش.م | ش.م.ع.ع | ش.م.ك.ع | مساهمة عامة | شركة مساهمة عامة | شركة مساهمة | شركة مساهمة مصرية | المساهمة | ~S.A.E. | PJSC | PrJSC | QPSC | ~Q.S.C. | ~K.S.C. | K.S.C.P. | KSCC | ~B.S.C. | SAOG | SAOC | ~S.A.L.
SA EG AE QA KW BH OM JO: other: شركة | مؤسسة | =Establishment | ~Est
AE: limited: FZ LLC | FZE | FZCO | L.L.C-FZ | FZC | DMCC | DWC LLC | LLC SO | LLC SPC | Free Zone Company | Free Zone Establishment
IR: limited: با مسئولیت محدود
IR: stock: سهامی عام | سهامی خاص | شرکت سهامی
IR: other: شرکت
PK: limited: SMC Pvt Ltd | SMC-Private Limited | Pvt Ltd
BD NP LK: stock: PLC
IN: limited: प्राइवेट लिमिटेड | लिमिटेड | प्रा. लि. | Nidhi Limited
IN: sole: ~HUF
TH: limited: บริษัท | จำกัด | บจก. | บจ. | Co Ltd
TH: stock: จำกัด (มหาชน) | (มหาชน) | บมจ. | Public Company Limited | ~PCL
TH: partnership: ห้างหุ้นส่วนจำกัด | ห้างหุ้นส่วนสามัญ | หจก. | ห้างหุ้นส่วน
VN: limited: ^Công ty TNHH | ^Công ty TNHH MTV | ^Công ty TNHH Một Thành Viên | ^Công ty trách nhiệm hữu hạn | ^Công ty trách nhiệm hữu hạn một thành viên | ^Cty TNHH | ^~TNHH | ^~DNTN | ^Doanh nghiệp tư nhân | MTV Co Ltd
VN: stock: ^Công ty cổ phần | ^Công ty CP | ^CTCP | ^Cty CP | JSC | ^Tổng công ty cổ phần | ^Tập đoàn
VN: other: ^Công ty | ^~Cty | ^Tổng công ty
ID: limited: ^~PT | ^Perseroan Terbatas
ID: stock: ~Tbk | ^PT Tbk | (Persero) Tbk | Persero | ~Tbk PT | ~Perum
ID: partnership: ^~CV | ^~UD | ^~Firma | Persekutuan Komanditer
ID: cooperative: ^~Koperasi
ID: foundation: ^=Yayasan
PH: stock: ~OPC | Inc
KH: limited: Co Ltd | Plc
LA: limited: Sole Co Ltd
MM: limited: Co Ltd
JP: stock: 株式会社 | (株) | Kabushiki Kaisha | Kabushiki Gaisha | K.K.
JP: limited: 有限会社 | (有) | 合同会社 | (同) | Godo Kaisha | Goudou Kaisha | ~G.K. | Yugen Kaisha | Yugen Gaisha | ~Y.K.
JP: partnership: 合資会社 | 合名会社 | (資) | (名) | 有限責任事業組合
JP: association: 一般社団法人 | 公益社団法人 | 特定非営利活動法人 | NPO法人 | (社) | 社団法人 | 医療法人社団 | 医療法人
JP: foundation: 一般財団法人 | 公益財団法人 | 財団法人 | (財)
JP: state: 独立行政法人 | 国立大学法人 | 学校法人 | 社会福祉法人 | 宗教法人
JP: cooperative: 協同組合
CN TW HK MO SG: limited: 有限责任公司 | 有限責任公司 | 有限公司 | Company Limited | Co Ltd | Youxian Gongsi | 责任有限公司 | 公司
CN TW HK MO: stock: 股份有限公司 | 股份公司 | 股份有限责任公司 | Gufen Youxian Gongsi
CN: partnership: (有限合伙) | (普通合伙) | 有限合伙 | (特殊普通合伙)
CN TW: sole: 个体工商户 | 商行 | 企業社
KR: stock: 주식회사 | (주) | Jusik Hoesa
KR: limited: 유한회사 | 유한책임회사 | (유)
KR: partnership: 합자회사 | 합명회사
KR: foundation: 재단법인 | (재)
KR: association: 사단법인 | (사) | 협동조합
ET: limited: ኃላፊነቱ የተወሰነ የግል ማህበር | PLC
ET: stock: አክሲዮን ማህበር | ~S.C.
NG: association: Ltd/Gte
EG: partnership: شركة تضامن | شركة توصية بسيطة
ZM ZW MW UG TZ RW: limited: Ltd | Limited | (Pvt) Ltd
EU DE FR NL AT LU CZ BE: stock: ~SE | Societas Europaea | Europäische Gesellschaft
EU: cooperative: ~SCE | Societas Cooperativa Europaea
EU: partnership: EEIG | EWIV | ~GEIE
`;
